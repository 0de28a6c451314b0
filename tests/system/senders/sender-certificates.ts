import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Authority } from '@haidang/link/keys/authority'
import { certificateRequest } from '@haidang/link/keys/certificates'
import { tlsKey } from '@haidang/link/keys/key-pair'
import { systemClock } from '@haidang/runtime/clock'

/** Files a sender shows itself with and trusts, PEM. */
export interface SenderFiles {
  /** Of the node: what its certificate is checked against. */
  readonly authority: string
  /** Absent: it shows none. */
  readonly own?: { readonly certificate: string; readonly key: string }
}

/** An authority for certificates of senders, in a directory of its own. */
export class SenderCertificates {
  readonly #directory: string
  readonly #authority: Authority

  static async make(directory: string): Promise<SenderCertificates> {
    await mkdir(directory, { recursive: true })
    return new SenderCertificates(
      directory,
      await Authority.open(directory, 'senders', systemClock),
    )
  }

  private constructor(directory: string, authority: Authority) {
    this.#directory = directory
    this.#authority = authority
  }

  /** What the node is told to trust. */
  get authorityFile(): string {
    return join(this.#directory, 'authority.pem')
  }

  /** A certificate for a sender's name (common name), a day long. */
  async of(name: string): Promise<{ certificate: string; key: string }> {
    const key = join(this.#directory, `${name}-key.pem`)
    const certificate = join(this.#directory, `${name}.pem`)
    const { pair } = await tlsKey(key)
    const issued = await this.#authority.certify(await certificateRequest(pair, name), name, 1)
    await writeFile(certificate, issued.certificate)
    return { certificate, key }
  }
}
