import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'

const loopbackOnly = 'ip link set lo up'

/** Why no network of our own can be made here; undefined: it can. */
export function whyNoNamespace(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux'
  const probe = spawnSync('unshare', ['-n', ...loopbackOnly.split(' ')], { encoding: 'utf8' })
  if (probe.status === 0) return undefined
  return `needs the right to make a network namespace: ${probe.error ?? probe.stderr}`
}

/** A network of its own that consists of loopback alone: whatever is meant for elsewhere fails, and is counted. */
export class ClosedNetwork {
  readonly #holder: ChildProcess

  static async open(): Promise<ClosedNetwork> {
    const script = `${loopbackOnly} && echo ready && exec sleep infinity`
    const holder = spawn('unshare', ['-n', 'sh', '-c', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [word] = (await once(holder.stdout, 'data')) as [Buffer]
    if (!word.toString().startsWith('ready')) throw new Error(`no closed network: ${word}`)
    return new ClosedNetwork(holder)
  }

  private constructor(holder: ChildProcess) {
    this.#holder = holder
  }

  /** Starts a program in this network. */
  spawn(program: string, given: readonly string[]): ChildProcess {
    const inside = [...this.#enter, program, ...given]
    return spawn('nsenter', inside, { stdio: ['ignore', 'pipe', 'pipe'] })
  }

  /** Runs a program in this network to its end; answers what it wrote. Throws if it fails. */
  run(program: string, ...given: string[]): string {
    const done = spawnSync('nsenter', [...this.#enter, program, ...given], { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${program} ${given.join(' ')}: ${done.stderr}`)
    return done.stdout
  }

  /**
   * How often something tried to leave, as the kernel counts it: packets and connections that found no
   * route, and datagrams nobody listened for, as a name lookup by way of a resolver on loopback would be.
   */
  attempts(): number {
    const four = this.run('cat', '/proc/net/snmp')
    const six = this.run('cat', '/proc/net/snmp6')
    const routeless = /^Ip6OutNoRoutes\s+(\d+)$/m.exec(six)?.[1]
    return counter(four, 'Ip', 'OutNoRoutes') + counter(four, 'Udp', 'NoPorts') + Number(routeless)
  }

  async close(): Promise<void> {
    const gone = once(this.#holder, 'exit')
    this.#holder.kill('SIGKILL')
    await gone
  }

  get #enter(): string[] {
    return [`--net=/proc/${this.#holder.pid}/ns/net`]
  }
}

/** In /proc/net/snmp a line of names stands above its line of figures, both under the name of the protocol. */
function counter(text: string, protocol: string, name: string): number {
  const [names = [], figures = []] = text
    .split('\n')
    .filter((line) => line.startsWith(`${protocol}: `))
    .map((line) => line.split(' '))
  const figure = Number(figures[names.indexOf(name)])
  if (!Number.isInteger(figure)) throw new Error(`no counter ${protocol} ${name} in ${text}`)
  return figure
}
