import { type Client, createClient } from '@haidang/contracts/client'
import type { Api } from '@haidang/contracts/endpoint'
import { apiSender } from '@haidang/haidang/api-sender'
import { ChildNode } from '@haidang/haidang/child-node'
import type { LocalAccess } from '@haidang/haidang/local-access'
import { engineOf, isAlive, type ProcessKind } from './node-processes.ts'
import { until } from './until.ts'

const recovery = 90_000

/** A node as real processes, any of which can be killed. */
export class LiveNode {
  readonly name: string
  readonly directory: string
  readonly #node: ChildNode
  #access: LocalAccess | undefined

  constructor(name: string, directory: string, configuration: string) {
    this.name = name
    this.directory = directory
    this.#node = new ChildNode({ name, directory, configuration })
  }

  get access(): LocalAccess {
    if (!this.#access) throw new Error(`${this.name} was not started`)
    return this.#access
  }

  /** Whether its program still runs; false after a death nobody here caused. */
  get isAlive(): boolean {
    return this.#node.pid !== undefined && isAlive(this.#node.pid)
  }

  /** Of its program; its engines are below it. */
  get pid(): number {
    if (this.#node.pid === undefined) throw new Error(`${this.name} does not run`)
    return this.#node.pid
  }

  async start(): Promise<void> {
    this.#access = await this.#node.start(new AbortController().signal)
  }

  async stop(): Promise<void> {
    await this.#node.stop()
  }

  /** A client with the rights of the owner of the data directory, good until the program is started again. */
  api<A extends Api>(api: A): Client<A> {
    return createClient(api, apiSender(this.access.url, this.access.token))
  }

  /** Kills one process at once. A killed program is started again; engines are the program's own business. */
  async kill(kind: ProcessKind): Promise<void> {
    if (kind === 'main') {
      await this.#node.kill()
      await this.start()
      return
    }
    const pid = await until(`${kind} of ${this.name} to kill`, recovery, () => this.#engine(kind))
    process.kill(pid, 'SIGKILL')
    await until(`the end of ${kind} of ${this.name}`, recovery, () => !isAlive(pid))
  }

  /** Waits until all its processes run and all its checks pass. */
  async untilReady(): Promise<void> {
    await until(`${this.name} to be ready`, recovery, async () => {
      if (!this.isAlive) throw new Error(`${this.name} died`)
      const running = this.#engine('events') && this.#engine('database')
      return running !== undefined && (await fetch(`${this.access.url}/readyz`)).ok
    })
  }

  #engine(kind: Exclude<ProcessKind, 'main'>): number | undefined {
    return engineOf(this.#node.pid ?? 0, kind)
  }
}
