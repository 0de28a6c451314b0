import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { estateApi } from '@haidang/contracts/estate-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { stationApi } from '@haidang/contracts/station-api'
import { demoPlan } from '@haidang/haidang/demo/demo-plan'
import { setUpNode } from '@haidang/haidang/demo/seed'
import { byPart, processTree } from '../process-tree.ts'
import { freePorts } from './free-ports.ts'
import { LiveNode } from './live-node.ts'
import { SimulatedStation } from './simulated-station.ts'
import { allAlerts } from './stored.ts'
import { until } from './until.ts'

interface EstateRunOptions {
  readonly stations: number
  /** How long each part is measured. */
  readonly seconds: number
  /** Between two heartbeats of a station. */
  readonly beatSeconds: number
  /** Alerts each station sends during the part with alerts, one batch each. */
  readonly alertsEach: number
  readonly say: (text: string) => void
}

/** What parts of a centre took, in hundredths of a core. */
interface Load {
  readonly program: number
  readonly database: number
}

const sources = 8

/** A centre as real processes, and so many stations that joined it over the wire and were approved. */
export class EstateRun implements AsyncDisposable {
  readonly centre: LiveNode
  readonly stations: SimulatedStation[] = []
  readonly #directory: string
  readonly #options: EstateRunOptions
  readonly #ended = new AbortController()
  readonly #running: Promise<void>[] = []
  /** Why stations stopped beating. */
  readonly #failures: string[] = []

  static async start(options: EstateRunOptions): Promise<EstateRun> {
    const directory = await mkdtemp(join(tmpdir(), 'haidang-estate-'))
    await chmod(directory, 0o711)
    const [http, link, syslog] = await freePorts(3)
    const configuration = {
      node: { simulated: true },
      http: { port: http },
      link: { port: link },
      station: { syslog_port: syslog },
    }
    const centre = new LiveNode('centre', join(directory, 'centre'), JSON.stringify(configuration))
    const run = new EstateRun(centre, directory, options)
    try {
      await centre.start()
      const [plan] = demoPlan
      if (!plan) throw new Error('the demonstration has no nodes')
      await setUpNode(plan, centre.access, 'mat-khau-thu-nghiem')
      return run
    } catch (error) {
      await run[Symbol.asyncDispose]()
      throw error
    }
  }

  private constructor(centre: LiveNode, directory: string, options: EstateRunOptions) {
    this.centre = centre
    this.#directory = directory
    this.#options = options
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort()
    // What a station is in the middle of fails when its connections end.
    for (const station of this.stations) station.close()
    await Promise.allSettled(this.#running)
    await this.centre.stop()
    await rm(this.#directory, { recursive: true, force: true })
  }

  /** Every station joins with a code of its own organisation; an officer compares keys and approves. */
  async join(): Promise<void> {
    const { stations, say } = this.#options
    const began = performance.now()
    for (let from = 0; from < stations; from += 100) {
      await this.#joinSome(from, Math.min(from + 100, stations))
      say(`${this.stations.length} stations joined, ${seconds(began)} s`)
    }
    this.#running.push(...this.stations.map((one) => one.listen(this.#ended.signal)))
  }

  /** From now on every station sends its heartbeats, spread evenly over the time between two. */
  beat(): void {
    const every = this.#options.beatSeconds * 1_000
    this.#running.push(
      ...this.stations.map(async (station, n) => {
        await this.#pause((n / this.stations.length) * every)
        while (!this.#ended.signal.aborted) {
          if (!(await this.#beat(station))) return
          await this.#pause(every)
        }
      }),
    )
  }

  /** Every station sends its alerts, evenly over the time of a measurement; what all of it takes. */
  alert(): Promise<Load> {
    const { seconds: long, alertsEach } = this.#options
    return this.#loadOf(async () => {
      await Promise.all(
        this.stations.map(async (station, n) => {
          await pause((n / this.stations.length) * long * 1_000)
          await station.alert(alertsEach)
        }),
      )
    })
  }

  /** How long the estate's first page takes, in milliseconds: the 95th of 100, one after the other. */
  async pageTime(): Promise<number> {
    const api = this.centre.api(estateApi)
    const taken: number[] = []
    for (let n = 0; n < 100; n++) {
      const began = performance.now()
      const { items } = await api.list({ query: { limit: 100, sort: sorts[n % sorts.length] } })
      taken.push(performance.now() - began)
      assert.ok(items.length >= Math.min(100, this.stations.length), `${items.length} stations`)
    }
    return Math.round(taken.toSorted((a, b) => a - b)[94] ?? 0)
  }

  /** What the centre takes when nothing more is done. */
  rest(): Promise<Load> {
    return this.#loadOf(() => pause(this.#options.seconds * 1_000))
  }

  /** Everything a station was told is stored stands at the centre, once, and every station is connected. */
  async verify(): Promise<number> {
    const told = this.stations.flatMap(({ stored }) => stored)
    // What the centre finds itself, the same thing at many organisations, nobody sent.
    const sent = (await allAlerts(this.centre)).filter(({ detector }) => detector === 'sigma')
    const found = sent.map(({ id }) => id)
    assert.equal(found.length, told.length, 'as many alerts as were sent')
    assert.deepEqual(new Set(found), new Set(told), 'each alert once')
    assert.deepEqual(this.#failures, [], 'every heartbeat was taken')
    const api = this.centre.api(estateApi)
    const { beatSeconds } = this.#options
    await until('every station to be connected', beatSeconds * 4_000, async () => {
      const query = { limit: 500, filter: 'local:false state:connected' }
      return (await api.list({ query })).items.length === Math.min(500, this.stations.length)
    })
    return found.length
  }

  async #joinSome(from: number, to: number): Promise<void> {
    const organisations = this.centre.api(organisationApi)
    const api = this.centre.api(stationApi)
    const shown = new Set<string>()
    const joining = Array.from({ length: to - from }, async (_, i) => {
      const n = from + i
      const body = { code: `MP.${n}`, name: `Đơn vị ${n} (mô phỏng)`, kind: kindOf(n) }
      const { id } = await organisations.create({ body })
      const { code } = await api.createJoinCode({ body: { organisation_id: id } })
      return SimulatedStation.join({
        n,
        code,
        sources,
        directory: join(this.#directory, 'stations'),
        waiting: (fingerprint) => void shown.add(fingerprint),
      })
    })
    await until('all to knock', 300_000, () => shown.size === to - from)
    const { items } = await api.list({ query: { limit: 500, filter: 'state:pending' } })
    for (const { id, fingerprint } of items) {
      assert.ok(shown.has(fingerprint), 'the key is the one that was read out')
      await api.approve({ params: { id } })
    }
    this.stations.push(...(await Promise.all(joining)))
  }

  /** One heartbeat; false where it failed, which ends this station's beating and is told by `verify`. */
  async #beat(station: SimulatedStation): Promise<boolean> {
    try {
      await station.beat()
      return true
    } catch (error) {
      if (!this.#ended.signal.aborted) this.#failures.push(String(error))
      return false
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return pause(milliseconds, undefined, { signal: this.#ended.signal }).catch(() => undefined)
  }

  async #loadOf(work: () => Promise<unknown>): Promise<Load> {
    const before = byPart(processTree(this.centre.pid), 'cpu')
    const began = performance.now()
    await work()
    const taken = (performance.now() - began) / 1_000
    const after = byPart(processTree(this.centre.pid), 'cpu')
    const share = (part: string) =>
      Math.round((((after[part] ?? 0) - (before[part] ?? 0)) / taken) * 10_000) / 100
    return { program: share('program'), database: share('database') }
  }
}

const sorts = ['name', '-heartbeat', 'inspection_due', 'state']
const kinds = ['ministry', 'province', 'isp', 'enterprise', 'datacentre'] as const

function kindOf(n: number): (typeof kinds)[number] {
  return kinds[n % kinds.length] ?? 'enterprise'
}

function seconds(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10
}
