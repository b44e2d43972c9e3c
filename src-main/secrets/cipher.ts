/** The platform's encryption for secrets at rest (Electron's safeStorage), as a port: only the shell has the real one. */
export interface Cipher {
  /** As the platform names it: `gnome_libsecret`, `kwallet6`, `keychain`, `dpapi`, `basic_text`. */
  readonly backendName: string;
  /** `basic_text`: encrypted with a key everybody knows. Refused unless the user insists. */
  readonly isClearText: boolean;
  encrypt(text: string): Promise<Uint8Array>;
  decrypt(bytes: Uint8Array): Promise<string>;
}
