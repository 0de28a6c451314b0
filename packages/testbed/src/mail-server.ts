import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { doveConfiguration, eximConfiguration } from './mail-server-files.ts'
import { tlsOf } from './tls.ts'

const exim = '/usr/sbin/exim4'
const dovecot = '/usr/sbin/dovecot'

/** Why tests with a mail server cannot run here; undefined: they can. */
export const mailServerMissing =
  existsSync(exim) && existsSync(dovecot) && existsSync('/usr/lib/dovecot/imap')
    ? undefined
    : 'exim4 and dovecot are not installed'

/** Every mailbox opens with it. */
export const mailPassword = 'mat-khau-hop-thu'
const domain = 'thu.test'
/**
 * Debian's Exim and Dovecot on loopback for one test, under a configuration of its own: SMTP with STARTTLS and
 * authentication, IMAP with STARTTLS, a mailbox for each name told; mail for anybody else is taken and bounces.
 */
export class MailServer implements AsyncDisposable {
  readonly domain = domain
  readonly host = '127.0.0.1'
  readonly smtpPort: number
  readonly imapPort: number
  /** PEM of the authority of both. */
  readonly authority: string
  readonly #directory: string
  readonly #processes: ChildProcess[] = []

  private constructor(directory: string, ports: readonly [number, number], authority: string) {
    this.#directory = directory
    this.smtpPort = ports[0]
    this.imapPort = ports[1]
    this.authority = authority
  }

  /** Starts both with these mailboxes; resolves when both answer. */
  static async start(names: readonly string[]): Promise<MailServer> {
    const directory = await mkdtemp(join(tmpdir(), 'haidang-mail-'))
    const { key, cert, authority } = await tlsOf('127.0.0.1')
    const server = new MailServer(directory, [await freePort(), await freePort()], authority)
    const user = await runner()
    await server.#write(user, names, key, `${cert}\n${authority}`)
    await server.#start(user)
    return server
  }

  /** The mails in a mailbox as they lie there, oldest first. */
  async mailsOf(name: string): Promise<string[]> {
    const folder = join(this.#directory, 'mail', name, 'new')
    const read = join(this.#directory, 'mail', name, 'cur')
    const files: { readonly name: string; readonly path: string }[] = []
    for (const place of [folder, read]) {
      for (const file of existsSync(place) ? await readdir(place) : []) {
        files.push({ name: file, path: join(place, file) })
      }
    }
    files.sort((a, b) => (a.name < b.name ? -1 : 1))
    return Promise.all(files.map(({ path }) => readFile(path, 'utf8')))
  }

  /** What the servers wrote into their logs. */
  async log(): Promise<string> {
    const files = ['exim-main.log', 'exim-panic.log', 'dovecot.log']
    const texts = files.map(async (file) => {
      const path = join(this.#directory, file)
      return existsSync(path) ? readFile(path, 'utf8') : ''
    })
    return (await Promise.all(texts)).join('\n')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    }
    await rm(this.#directory, { recursive: true, force: true })
  }

  async #write(user: Runner, names: readonly string[], key: string, chain: string): Promise<void> {
    const at = (name: string) => join(this.#directory, name)
    const place = {
      directory: this.#directory,
      domain,
      smtpPort: this.smtpPort,
      imapPort: this.imapPort,
      user: user.name,
      group: user.group,
      password: mailPassword,
    }
    await writeFile(at('key.pem'), key)
    await writeFile(at('chain.pem'), chain)
    await writeFile(at('names'), names.map((name) => `${name}: ${name}\n`).join(''))
    await writeFile(
      at('users'),
      names.map((name) => `${name}@${domain}:{PLAIN}${mailPassword}::::::\n`).join(''),
    )
    await writeFile(at('exim.conf'), eximConfiguration(place))
    await writeFile(at('dovecot.conf'), doveConfiguration(place))
    for (const name of ['spool', 'mail', 'run', 'state']) await mkdir(at(name))
    for (const name of ['', ...(await readdir(this.#directory))]) {
      await chown(at(name), user.uid, user.gid)
    }
    await chmod(this.#directory, 0o755)
  }

  async #start({ uid, gid }: Runner): Promise<void> {
    const files = ['exim.conf', 'dovecot.conf'].map((file) => join(this.#directory, file))
    const [eximFile = '', doveFile = ''] = files
    const run = (program: string, options: readonly string[]) =>
      spawn(program, options, { uid, gid, stdio: 'ignore', cwd: this.#directory })
    this.#processes.push(run(exim, ['-bdf', '-q1s', '-C', eximFile]))
    this.#processes.push(run(dovecot, ['-F', '-c', doveFile]))
    await this.#answers(this.smtpPort)
    await this.#answers(this.imapPort)
  }

  async #answers(port: number): Promise<void> {
    for (let look = 0; look < 300; look++) {
      if (this.#processes.some(({ exitCode }) => exitCode !== null)) break
      if (await greeted(port)) return
      await pause(20)
    }
    const said = await this.log()
    await this[Symbol.asyncDispose]()
    throw new Error(`the mail server does not become ready: ${said}`)
  }
}

interface Runner {
  readonly uid: number
  readonly gid: number
  readonly name: string
  readonly group: string
}

/** Exim starts for its own user and for members of a group its configuration names; root runs both as the former. */
async function runner(): Promise<Runner> {
  const { uid } = userInfo()
  const passwd = await readFile('/etc/passwd', 'utf8')
  const groups = await readFile('/etc/group', 'utf8')
  const users = passwd.split('\n').map((line) => line.split(':'))
  const [name = '', , , gid = ''] =
    users.find(([user, , id]) => (uid === 0 ? user === 'Debian-exim' : Number(id) === uid)) ?? []
  const found = users.find(([user]) => user === name)
  const [group = ''] =
    groups
      .split('\n')
      .map((line) => line.split(':'))
      .find(([, , id]) => id === gid) ?? []
  return { uid: Number(found?.[2]), gid: Number(gid), name, group }
}

function greeted(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(port, '127.0.0.1')
  socket.once('data', () => resolve(true)).once('error', () => resolve(false))
  socket.setTimeout(2000, () => resolve(false))
  return promise.finally(() => socket.destroy())
}
