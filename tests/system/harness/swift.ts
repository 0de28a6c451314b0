import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { blobNameOf } from '@haidang/runtime/blobs/blob-name'
import { signedHeaders } from '@haidang/runtime/blobs/s3/s3-signature'
import { systemClock } from '@haidang/runtime/clock'
import { freePorts } from './free-ports.ts'
import { until } from './until.ts'

const parts = ['account', 'container', 'object'] as const
const python = '/usr/bin/python3'
const program = join(import.meta.dirname, 'swift-servers.py')

/** Milliseconds a start may take on a busy machine. */
const patience = 60_000

/** Whether this machine has what a Swift of our own needs (Debian: swift-proxy, swift-account, swift-container, swift-object). */
export const hasSwift = [...parts, 'proxy'].every((name) =>
  existsSync(`/usr/bin/swift-${name}-server`),
)

/** OpenStack Swift with its S3 interface, one of each server, for one test; a bucket `hai-dang` is in it. */
export class Swift implements AsyncDisposable {
  readonly accessKey = 'test:tester'
  readonly secretKey = 'testing'
  readonly region = 'vn-1'
  readonly endpoint: string
  readonly #directory: string
  readonly #ports: readonly number[]
  #servers: ReturnType<typeof spawn> | undefined

  private constructor(directory: string, ports: readonly number[]) {
    this.#directory = directory
    this.#ports = ports
    this.endpoint = `http://127.0.0.1:${ports[0]}`
  }

  /** Makes and starts one with its files below a directory. */
  static async start(below: string): Promise<Swift> {
    const swift = new Swift(mkdtempSync(join(below, 'swift-')), await freePorts(4))
    swift.#configure()
    try {
      await swift.restart()
      await until('a bucket in Swift', patience, () => swift.#makeBucket())
      return swift
    } catch (error) {
      await swift[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Starts what was killed. */
  async restart(): Promise<void> {
    const words = [program, this.#directory, ...this.#ports.map(String)]
    this.#servers = spawn(python, words, { stdio: ['ignore', 'ignore', 'inherit'] })
    await until('Swift', patience, async () => (await fetch(this.endpoint)).status > 0)
  }

  /** Ends every server at once. */
  async kill(): Promise<void> {
    if (!this.#servers) return
    const gone = once(this.#servers, 'exit')
    this.#servers.kill('SIGKILL')
    await gone
    this.#servers = undefined
  }

  /** Keys of the objects in the bucket. */
  async keys(prefix: string): Promise<string[]> {
    const answer = await this.#ask('GET', `?prefix=${encodeURIComponent(prefix)}`)
    const listed = await answer.text()
    if (!answer.ok) throw new Error(listed)
    return [...listed.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key)
  }

  /** Writes an object behind everybody's back. */
  async write(key: string, bytes: Uint8Array): Promise<void> {
    const { ok, status } = await this.#ask('PUT', `/${key}`, bytes)
    if (!ok) throw new Error(`Swift answered ${status}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    rmSync(this.#directory, { recursive: true, force: true })
  }

  async #makeBucket(): Promise<boolean> {
    const answer = await this.#ask('PUT', '')
    if (!answer.ok) throw new Error(await answer.text())
    return true
  }

  #ask(method: string, path: string, body: Uint8Array = new Uint8Array()): Promise<Response> {
    const url = new URL(`${this.endpoint}/hai-dang${path}`)
    const request = { method, url, headers: {}, payload: blobNameOf(body), at: systemClock.iso() }
    const headers = signedHeaders(request, this)
    return fetch(url, { method, headers, ...(method === 'PUT' ? { body: Buffer.from(body) } : {}) })
  }

  #configure(): void {
    const write = (name: string, lines: readonly string[]) =>
      writeFileSync(join(this.#directory, name), `${lines.join('\n')}\n`)
    const begin = (name: string) => [
      ...['[DEFAULT]', `swift_dir = ${this.#directory}`],
      ...[`devices = ${join(this.#directory, 'disk')}`, 'mount_check = false'],
      ...[`[app:${name}-server]`, `use = egg:swift#${name}`],
    ]
    mkdirSync(join(this.#directory, 'disk', 'd'), { recursive: true })
    write('swift.conf', [
      ...['[swift-hash]', 'swift_hash_path_suffix = s', 'swift_hash_path_prefix = p'],
      ...['[storage-policy:0]', 'name = one', 'default = yes'],
    ])
    for (const name of parts)
      write(`${name}-server.conf`, [
        ...begin(name),
        ...['[pipeline:main]', `pipeline = ${name}-server`],
      ])
    write('proxy-server.conf', [
      ...begin('proxy'),
      'account_autocreate = true',
      ...['[pipeline:main]', 'pipeline = catch_errors cache s3api tempauth slo proxy-server'],
      ...['[filter:catch_errors]', 'use = egg:swift#catch_errors'],
      ...['[filter:cache]', 'use = egg:swift#memcache'],
      ...['[filter:s3api]', 'use = egg:swift#s3api', `location = ${this.region}`],
      ...['[filter:slo]', 'use = egg:swift#slo'],
      ...['[filter:tempauth]', 'use = egg:swift#tempauth'],
      `user_${this.accessKey.replace(':', '_')} = ${this.secretKey} .admin`,
    ])
  }
}
