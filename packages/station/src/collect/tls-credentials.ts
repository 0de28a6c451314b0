import { X509Certificate } from 'node:crypto'
import { dateOf } from '@haidang/runtime/clock'

/** What a TLS listener shows, and whom it lets in; PEM. */
export interface TlsCredentials {
  readonly key: string
  /** The certificate, those behind it following. */
  readonly cert: string
  /** Authorities of client certificates; absent: none is asked for. */
  readonly ca?: string | undefined
}

/** Why nobody trusts a certificate (PEM) at a time, milliseconds since the epoch: it is over, or does not hold yet. */
export function certificateProblem(cert: string | undefined, now: number): string | undefined {
  if (cert === undefined) return undefined
  const { validFromDate, validToDate } = new X509Certificate(cert)
  const at = dateOf(now)
  if (at > validToDate) return `certificate expired on ${validToDate.toISOString()}`
  return at < validFromDate
    ? `certificate not yet valid, from ${validFromDate.toISOString()} on`
    : undefined
}
