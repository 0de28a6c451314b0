import type { ParentLink } from '@haidang/contracts/station'
import { type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { Doorbell } from '../doorbell.ts'
import { EnvelopeGate } from '../envelopes/envelope-gate.ts'
import { EnvelopeStore } from '../envelopes/envelope-store.ts'
import { TrustedKeyStore } from '../envelopes/trusted-key-store.ts'
import type { TieRow, TieState } from '../link-tables.ts'
import { BackOff } from './back-off.ts'
import { BulkLane } from './bulk-lane.ts'
import type { BulkHandlers, ChildHandlers, ChildSideParts } from './child-parts.ts'
import { DownReader, readStreams } from './down-reader.ts'
import { JoinFileFlow } from './join-file-flow.ts'
import { JoinFlow, type Place } from './join-flow.ts'
import { ParentClient } from './parent-client.ts'
import { Refusal } from './refusal.ts'
import { TieStore } from './tie-store.ts'
import { linkOf, renewalTime } from './tie-view.ts'
import { UpLanes } from './up-lanes.ts'

/** Between looks when no bell rings. */
const look = 1000
const firstWait = 500
const longestWait = 30_000
const unlimited: BulkHandlers = {
  limits: async () => ({ bytes_per_second: null, resting: false }),
  sent: () => undefined,
}

/** The link as a child sees it: one parent, dialled from here, for as long as the node runs. */
export class ChildSide {
  readonly #parts: ChildSideParts
  readonly #ties = new TieStore()
  readonly #flow: JoinFlow
  readonly #files: JoinFileFlow
  readonly #gate: EnvelopeGate
  /** Rung by anything that may have to be sent. */
  readonly #bell = new Doorbell()
  /** Rung by a new attempt to join. */
  readonly #knock = new Doorbell()
  readonly #backOff: BackOff
  #askedAgainAt = 0
  #handlers: ChildHandlers | undefined
  #isSuspended = false

  constructor(parts: ChildSideParts, random: () => number) {
    this.#parts = parts
    this.#flow = new JoinFlow(parts, this.#ties)
    this.#files = new JoinFileFlow(parts, this.#ties, this.#flow)
    this.#backOff = new BackOff(firstWait, longestWait, random)
    const { clock, journal } = parts
    const envelopes = new EnvelopeStore(clock)
    this.#gate = new EnvelopeGate({ envelopes, keys: new TrustedKeyStore(), journal, clock })
  }

  /** Joins the parent a code names; the rest happens while `run` runs. Problems as of JoinFlow.ask. */
  async join(actor: Scope['actor'], code: string, place: Place): Promise<ParentLink> {
    await this.#flow.ask(actor, code, place)
    this.#backOff.reset()
    this.#knock.ring()
    return this.state()
  }

  /** Writes a request to be carried to a parent by hand. */
  askByFile(actor: Scope['actor'], place: Place) {
    return this.#files.ask(actor, place)
  }

  /**
   * Takes in the answer a parent gave by file; `authority` is the fingerprint it read out. Throws Problem
   * join.file-refused.
   */
  async joinByFile(
    actor: Scope['actor'],
    file: Readonly<Record<string, unknown>>,
    authority: string,
  ): Promise<ParentLink> {
    await this.#files.apply(actor, file, authority, this.#handlers)
    this.leave()
    this.#backOff.reset()
    this.#bell.ring()
    this.#knock.ring()
    return this.state()
  }

  /** The tie as it stands. */
  state(): Promise<ParentLink> {
    const { database, outbox } = this.#parts
    return database.transact(systemScope, async (tx) =>
      linkOf(await this.#ties.get(tx), await outbox.lanes(tx)),
    )
  }

  /** Who the parent is and what it calls our organisation; undefined without a tie that was ever approved. */
  async parent(tx: Tx): Promise<ParentNames | undefined> {
    const tie = await this.#ties.get(tx)
    if (!tie?.parent_organisation_id || !tie.organisation_id || !tie.parent_node_id)
      return undefined
    return {
      node_id: tie.parent_node_id,
      organisation_id: tie.parent_organisation_id,
      own_organisation_id: tie.organisation_id,
    }
  }

  /** Ends the tie until somebody joins again; what is to be sent waits. Without a tie nothing happens. */
  async suspend(tx: Tx, problem: string): Promise<void> {
    const tie = await this.#ties.get(tx)
    if (!tie || tie.state === 'rejected') return
    const { clock } = this.#parts
    await this.#ties.change(tx, { state: 'rekey', problem, since: clock.iso() })
  }

  /** Ends the session under way, if any; called when `suspend` is committed. */
  leave(): void {
    this.#isSuspended = true
  }

  /** Keeps the tie alive until `signal` aborts: waits for approval, sends, receives, renews, comes back. */
  async run(handlers: ChildHandlers, signal: AbortSignal): Promise<void> {
    this.#handlers = handlers
    const stop = this.#parts.journal.onAppend(() => this.#bell.ring())
    try {
      while (!signal.aborted) await this.#knock.wait(await this.#round(handlers, signal), signal)
    } finally {
      stop()
    }
  }

  /** One attempt; returns the milliseconds to wait before the next. */
  async #round(handlers: ChildHandlers, signal: AbortSignal): Promise<number> {
    try {
      this.#isSuspended = false
      const tie = await this.#tie()
      if (!tie || tie.state === 'rejected' || tie.state === 'rekey') return 10 * look
      if (tie.state === 'pending') return (await this.#flow.poll(tie, handlers)) * 1000
      await this.#session(tie, handlers, signal)
      return 0
    } catch (error) {
      const busy = error instanceof Refusal && error.status === 429
      if (!signal.aborted && !busy) await this.#failed(error).catch(this.#unnoted)
      const asked = error instanceof Refusal ? (error.retryAfter ?? 0) * 1000 : 0
      // A person who joins anew does not wait for the back-off of the tie before.
      await this.#knock.wait(Math.max(asked, this.#backOff.next()), signal)
      return 0
    }
  }

  /** Connected until something fails; ends without error when a new certificate is to be shown. */
  async #session(tie: TieRow, handlers: ChildHandlers, signal: AbortSignal): Promise<void> {
    const { clock, database, post, log } = this.#parts
    const certificate = tie.certificate ?? ''
    const { pem } = await this.#flow.keyOf(certificate)
    const identity = { key: pem, certificate }
    const client = new ParentClient({
      url: tie.parent_url,
      authority: tie.authority,
      identity,
      clock,
    })
    const ended = new AbortController()
    const both = AbortSignal.any([signal, ended.signal])
    const tasks: Promise<void>[] = []
    try {
      const lanes = new UpLanes(this.#parts, client, handlers)
      await lanes.agree()
      await lanes.pass(both)
      await this.#returned()
      const ties = this.#ties
      const gate = this.#gate
      const reading = { database, ties, gate, post, log, client, handlers }
      const readers = readStreams.map((stream) => new DownReader(reading, stream))
      const bulk = new BulkLane(this.#parts, client, handlers.bulk ?? unlimited)
      tasks.push(
        this.#sending(tie, lanes, client, both),
        this.#bulk(bulk, both),
        ...readers.map((reader) => this.#reading(reader, both)),
      )
      await Promise.race(tasks)
    } finally {
      ended.abort()
      await Promise.allSettled(tasks)
      client.close()
    }
  }

  async #sending(tie: TieRow, lanes: UpLanes, client: ParentClient, signal: AbortSignal) {
    const renewAt = renewalTime(tie)
    while (!signal.aborted) {
      if (this.#isSuspended) return
      if (this.#parts.clock.now() >= renewAt || this.#isAsked(client))
        return this.#flow.renew(client)
      if (!(await lanes.pass(signal))) await this.#bell.wait(look, signal)
    }
  }

  /** A parent that asks at every answer is followed once a minute. */
  #isAsked(client: ParentClient): boolean {
    const now = this.#parts.clock.monotonic()
    if (!client.isToRenew || now < this.#askedAgainAt) return false
    this.#askedAgainAt = now + 60_000
    return true
  }

  async #bulk(lane: BulkLane, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const wait = await lane.turn(signal)
      if (wait > 0) await this.#pause(wait, signal)
    }
  }

  async #reading(reader: DownReader, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts
    while (!signal.aborted) {
      const began = clock.monotonic()
      const came = await reader.read(signal)
      // An empty answer at once: do not ask in a circle.
      if (!came && clock.monotonic() - began < look) await this.#pause(look, signal)
    }
  }

  async #returned(): Promise<void> {
    this.#backOff.reset()
    const tie = await this.#tie()
    if (tie && tie.state !== 'connected' && tie.state !== 'rekey')
      await this.#move('connected', 'parent.returned', null)
  }

  async #failed(error: unknown): Promise<void> {
    const expected = error instanceof Problem || error instanceof Refusal
    const detail = error instanceof Error ? error.message : String(error)
    if (!expected) this.#parts.log.error({ error }, 'the link stumbled')
    const tie = await this.#tie()
    if (!tie || tie.state === 'pending' || tie.state === 'rekey') return this.#note(detail)
    const revoked = error instanceof Refusal && error.isOfCertificate
    const state = revoked ? 'revoked' : 'cut'
    if (tie.state === state) return this.#note(detail)
    this.#parts.log.warn({ state, detail }, 'the link to the parent is cut')
    await this.#move(state, 'parent.cut', detail)
  }

  /** The database may be what failed; the next attempt notes what then is true. */
  readonly #unnoted = (error: unknown): void => {
    this.#parts.log.warn({ error }, 'the state of the link could not be noted')
  }

  #note(problem: string): Promise<void> {
    return this.#parts.database.transact(systemScope, (tx) => this.#ties.change(tx, { problem }))
  }

  async #move(state: TieState, type: 'parent.cut' | 'parent.returned', problem: string | null) {
    const { database, journal, clock } = this.#parts
    await database.transact(systemScope, async (tx) => {
      const tie = await this.#ties.get(tx)
      await this.#ties.change(tx, { state, problem, since: clock.iso() })
      await journal.append(tx, {
        type,
        organisation_id: null,
        actor: systemScope.actor,
        authority: 'link',
        subject: tie?.parent_node_id ?? '',
        reason: problem ?? '',
        before: { state: tie?.state, since: tie?.since },
        after: { state },
      })
    })
  }

  #tie(): Promise<TieRow | undefined> {
    return this.#parts.database.transact(systemScope, (tx) => this.#ties.get(tx))
  }

  /** Waits whatever bells ring. */
  #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Doorbell().wait(milliseconds, signal)
  }
}

/** The parent, and what it calls our organisation. */
export interface ParentNames {
  readonly node_id: string
  readonly organisation_id: string
  readonly own_organisation_id: string
}
