import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'

/** Why tests with GnuPG cannot run here; undefined: they can. */
export const gnupgMissing = existsSync('/usr/bin/gpg') ? undefined : 'gnupg is not installed'

/** What GnuPG wrote, and what it says of it (doc/DETAILS of GnuPG). */
interface Said {
  readonly code: number
  readonly output: Buffer
  readonly status: string
}

/** A key ring of Debian's GnuPG, gone with the test. */
export class GnuPg implements AsyncDisposable {
  readonly #home: string

  private constructor(home: string) {
    this.#home = home
  }

  static async start(): Promise<GnuPg> {
    // Sockets of its agent lie there: the path must stay short.
    return new GnuPg(await mkdtemp('/tmp/hd-gpg-'))
  }

  /** Makes a key to sign and encrypt with; answers with its fingerprint. `age` in days, both ways of now. */
  async make(email: string, age?: { readonly from: string; readonly days: number }) {
    const clock = age ? ['--faked-system-time', age.from] : []
    const made = await this.#run(
      [...clock, '--quick-generate-key', `Trực <${email}>`, 'future-default', 'default'].concat(
        age ? [`${age.days}d`] : ['never'],
      ),
    )
    const fingerprint = /KEY_CREATED B (\w+)/.exec(made.status)?.[1] ?? ''
    return { fingerprint, armoured: await this.publicKey(fingerprint) }
  }

  async publicKey(fingerprint: string): Promise<string> {
    return (await this.#run(['--armor', '--export', fingerprint])).output.toString()
  }

  /** Takes a key in and trusts it. */
  async take(armoured: string, fingerprint: string): Promise<void> {
    await this.#run(['--import'], armoured)
    await this.#run(['--import-ownertrust'], `${fingerprint}:6:\n`)
  }

  async sealed(text: string, to: string, from: string): Promise<string> {
    const options = ['--armor', '--sign', '--encrypt', '--local-user', from, '--recipient', to]
    return (await this.#run(options, text)).output.toString()
  }

  async signature(text: string, from: string, faked?: string): Promise<string> {
    const clock = faked ? ['--faked-system-time', faked] : []
    const options = [...clock, '--armor', '--detach-sign', '--local-user', from]
    return (await this.#run(options, text)).output.toString()
  }

  opened(message: string): Promise<Said> {
    return this.#run(['--decrypt'], message)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((done) => {
      execFile('gpgconf', ['--homedir', this.#home, '--kill', 'all'], done)
    })
    await rm(this.#home, { recursive: true, force: true })
  }

  #run(options: readonly string[], input = ''): Promise<Said> {
    const common = ['--homedir', this.#home, '--batch', '--yes', '--passphrase', '']
    const given = [...common, '--pinentry-mode', 'loopback', '--status-fd', '2', ...options]
    return new Promise((done) => {
      const child = execFile(
        'gpg',
        given,
        { encoding: 'buffer', maxBuffer: 10_000_000 },
        (error, output, status) => done({ output, code: error ? 1 : 0, status: status.toString() }),
      )
      // What reads nothing may end before this is written.
      child.stdin?.on('error', () => undefined).end(input)
    })
  }
}

/** A mail as programs write it (RFC 3156), around what GnuPG made. */
export function sealedMail(headers: readonly string[], armoured: string): string {
  return [
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="m"',
    '',
    '--m',
    'Content-Type: application/pgp-encrypted',
    '',
    'Version: 1',
    '',
    '--m',
    'Content-Type: application/octet-stream; name="encrypted.asc"',
    '',
    armoured.replaceAll('\n', '\r\n'),
    '--m--',
    '',
  ].join('\r\n')
}

export function signedMail(headers: readonly string[], part: string, signature: string): string {
  return [
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"; boundary="s"',
    '',
    '--s',
    part,
    '--s',
    'Content-Type: application/pgp-signature; name="signature.asc"',
    '',
    signature.replaceAll('\n', '\r\n'),
    '--s--',
    '',
  ].join('\r\n')
}
