import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder, nodeModules, root } from './paths.mjs';

/** Runs `npm ci` once, however many starts ask for it, and leaves the stamp that says what was installed. */
export async function installDependencies({ areInstalled, stampFile, stamp }) {
  await withLock(join(cacheFolder, 'install.lock'), async () => {
    if (areInstalled()) return;
    await install();
    linkBin();
    writeFileSync(stampFile, stamp);
  });
}

async function install() {
  mkdirSync(cacheFolder, { recursive: true });
  const logFile = join(cacheFolder, 'npm-ci.log');
  const stopProgress = showProgress('Installing dependencies (about a minute, only after a change)');
  const code = await runNpm(logFile);
  stopProgress();
  if (code === 0) return;
  const lastLines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-25).join('\n');
  throw new Error(
    `The dependencies could not be installed (npm ended with ${code}).\n${lastLines}\n` +
      `The whole log is ${logFile}. Check the network and the registry, then run this again.`,
  );
}

/** No dependency needs an install script, and none may run one; dev parts are needed whatever NODE_ENV says. */
function runNpm(logFile) {
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const [command, commandArgs] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  const log = openSync(logFile, 'w');
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArgs, {
      cwd: root,
      stdio: ['ignore', log, log],
      shell: command === 'npm' && process.platform === 'win32',
    });
    const stop = (signal) => child.kill(signal);
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const settle = () => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      closeSync(log);
    };
    child.once('error', (error) => {
      settle();
      reject(
        new Error('npm was not found. It comes with Node: install Node from https://nodejs.org.', {
          cause: error,
        }),
      );
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve(code ?? signal);
    });
  });
}

/** One line on stderr, so that commands with JSON on stdout stay clean. */
function showProgress(words) {
  const startedAt = Date.now();
  if (!process.stderr.isTTY) {
    process.stderr.write(`${words} …\n`);
    return () => {};
  }
  const draw = () => process.stderr.write(`\r${words} … ${Math.round((Date.now() - startedAt) / 1000)} s`);
  draw();
  const timer = setInterval(draw, 1000);
  return () => {
    clearInterval(timer);
    process.stderr.write('\n');
  };
}

/** `npm ci` links the commands of the dependencies, not our own; with this one `npx verdict-desk` starts sooner. */
function linkBin() {
  if (process.platform === 'win32') return;
  const link = join(nodeModules, '.bin/verdict-desk');
  rmSync(link, { force: true });
  symlinkSync('../../build/verdict-desk.mjs', link);
}
