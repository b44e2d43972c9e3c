/** A host key a person accepted. */
export interface PinnedHostKey {
  readonly host: string;
  readonly port: number;
  readonly keyType: string;
  /** The public key as SSH sends it, base64. */
  readonly key: string;
  /** `SHA256:` and unpadded base64. */
  readonly fingerprint: string;
  readonly acceptedMs: number;
}

/** Where accepted host keys are kept; the store implements it. */
export interface HostKeyStore {
  pinned(host: string, port: number): readonly PinnedHostKey[];
  pin(key: PinnedHostKey): void;
  /** All keys of that endpoint. */
  forget(host: string, port: number): void;
}
