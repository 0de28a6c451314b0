import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** A PKCS#12 file of a key and a certificate that names itself, base64; made in `directory`. */
export function ownCertificate(name: string, directory: string): string {
  const at = (file: string) => join(directory, file)
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', at('key.pem'), '-out', at('own.pem')]
  const utf8 = ['-utf8', '-subj', `/CN=${name}`, '-days', '30']
  execFileSync('openssl', ['req', '-x509', ...key, ...utf8], { stdio: 'ignore' })
  const files = ['-inkey', at('key.pem'), '-in', at('own.pem'), '-out', at('own.p12')]
  execFileSync('openssl', ['pkcs12', '-export', ...files, '-passout', 'pass:dung'])
  return execFileSync('base64', ['-w0', at('own.p12')], { encoding: 'utf8' }).trim()
}
