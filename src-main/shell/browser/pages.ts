/** The face's own small pages: no script, one style element with the load's nonce. Texts are ours, never a caller's. */
export interface Page {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** A command to copy. */
  readonly command?: string;
}

export const needsAddress: Page = {
  title: 'This window needs a fresh address',
  paragraphs: [
    'An address of Verdict Desk opens one window, once. This one was used before, is older than 15 minutes, or belongs to a run that has ended.',
    'Press Enter in the terminal that runs Verdict Desk and open the address it prints. Or start Verdict Desk once more: it finds the one that runs and prints a fresh address of it.',
  ],
};

export function wrongHost(port: number): Page {
  return {
    title: 'Not the name this window answers to',
    paragraphs: [
      `Verdict Desk answers as 127.0.0.1:${port} only, so that no other page can pretend to be it.`,
      'Forwarding over SSH works with the same port number on both sides:',
    ],
    command: `ssh -L ${port}:127.0.0.1:${port} …`,
  };
}

export const notFound: Page = {
  title: 'Nothing here',
  paragraphs: ['Verdict Desk has no such page. Its window is at the start of this address.'],
};

export const refused: Page = {
  title: 'Refused',
  paragraphs: ['This request came from another page, and Verdict Desk only answers its own window.'],
};

const STYLE = `
  :root { color-scheme: light dark; font: 15px/22px system-ui, sans-serif; }
  body { margin: 15vh auto; max-width: 34rem; padding: 0 1.5rem;
         background: light-dark(#fdfdfc, #171a19); color: light-dark(#181b1a, #e9ecea); }
  h1 { font-size: 18px; }
  code { display: inline-block; padding: 4px 8px; border-radius: 4px; background: light-dark(#f5f6f3, #121514); }
`;

export function renderPage(page: Page, nonce: string): string {
  const paragraphs = page.paragraphs.map((text) => `<p>${text}</p>`).join('');
  const command = page.command === undefined ? '' : `<p><code>${page.command}</code></p>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${page.title} · Verdict Desk</title>
<style nonce="${nonce}">${STYLE}</style></head><body><main><h1>${page.title}</h1>${paragraphs}${command}</main></body></html>`;
}

/**
 * A strict cookie is not sent along a redirect that another page (a mail, a wiki) began. This page is ours, so the step
 * from it to the window is a step within the site.
 */
export function onwardPage(place: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${place}"><title>Verdict Desk</title></head></html>`;
}
