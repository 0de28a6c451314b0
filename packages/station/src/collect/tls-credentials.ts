/** What a TLS listener shows, and whom it lets in; PEM. */
export interface TlsCredentials {
  readonly key: string
  /** The certificate, those behind it following. */
  readonly cert: string
  /** Authorities of client certificates; absent: none is asked for. */
  readonly ca?: string | undefined
}
