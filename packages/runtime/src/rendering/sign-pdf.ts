import type { webcrypto } from 'node:crypto'
import { CryptoKeySigner, P12Signer, PDF, type Signer } from '@libpdf/core'
import { dateOf } from '../clock.ts'

/** Who signs: a private key behind a certificate. */
export interface PdfSigner {
  readonly use: Signer
  /** DER. */
  readonly certificate: Uint8Array
}

export interface SigningAct {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly reason: string
}

/** Signs with a P-256 key; certificates are DER, `chain` from who signed the certificate up to the root. */
export function keySigner(
  privateKey: webcrypto.CryptoKey,
  certificate: Uint8Array,
  chain: readonly Uint8Array[],
): PdfSigner {
  const use = new CryptoKeySigner(privateKey, certificate, 'EC', 'ECDSA', [...chain])
  return { use, certificate }
}

/** Signs with the key in a PKCS#12 file (RFC 7292); undefined: the file or the password is not good. */
export async function pkcs12Signer(
  bytes: Uint8Array,
  password: string,
): Promise<PdfSigner | undefined> {
  try {
    const use = await P12Signer.create(bytes, password)
    return { use, certificate: use.certificate }
  } catch {
    return undefined
  }
}

/** Signs the whole of a PDF (PAdES B-B, ETSI EN 319 142-1); any changed byte breaks the signature. */
export async function signPdf(
  bytes: Uint8Array,
  signer: PdfSigner,
  { at, reason }: SigningAct,
): Promise<Uint8Array> {
  const pdf = await PDF.load(bytes)
  const signed = await pdf.sign({
    signer: signer.use,
    reason,
    level: 'B-B',
    signingTime: dateOf(at),
  })
  return signed.bytes
}
