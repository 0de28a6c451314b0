/** SHA-256 of bytes, hexadecimal; undefined: a browser computes it on https and on this machine only. */
export async function sha256Of(bytes: ArrayBuffer): Promise<string | undefined> {
  if (!window.isSecureContext) return undefined
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
