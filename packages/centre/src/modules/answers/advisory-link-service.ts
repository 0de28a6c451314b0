import type { AdvisoryLinkAnswer, LinkedAdvisory } from '@haidang/contracts/advisory-answer-link'
import { tlpOf } from '@haidang/contracts/tlp'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { AdvisoryService } from '../advisories/advisory-service.ts'
import { advisoryLinkState, assessmentsAt, requireAdvisoryOpen } from './advisory-answer.ts'
import type { AnswerLinkRow } from './answer-link-tables.ts'
import type { LinkHolder, LinkKeeper } from './link-keeper.ts'

type Standing = Parameters<typeof assessmentsAt>[0]

/** What a link needs to know of its advisory and of the ladder it answers on. */
interface AdvisoryFacts {
  get(
    tx: Tx,
    id: string,
  ): Promise<
    | { readonly state: string; readonly organisation_id: string; readonly tlp_rank: number }
    | undefined
  >
  ladder(
    tx: Tx,
    id: string,
    organisationId: string,
  ): Promise<{ readonly version: number; readonly due_at: string | null } | undefined>
  /** The ladder, while nobody else moves it. */
  standing(tx: Tx, id: string, organisationId: string): Promise<Standing | undefined>
  changeNote(tx: Tx, id: string, version: number): Promise<string>
}

export interface AdvisoryLinkParts {
  readonly database: Database
  readonly advisories: Pick<AdvisoryService, 'get' | 'answerIn'>
  readonly facts: AdvisoryFacts
}

/** Contact points answer advisories and warnings by the link in their mail, without an account. */
export class AdvisoryLinkService {
  readonly #keeper: LinkKeeper
  readonly #parts: AdvisoryLinkParts

  constructor(keeper: LinkKeeper, parts: AdvisoryLinkParts) {
    this.#keeper = keeper
    this.#parts = parts
  }

  /** The page of a new link to what its organisation was told last; empty for people with an account, and where nothing can be answered. */
  async make(tx: Tx, id: string, holder: LinkHolder): Promise<string> {
    const { facts } = this.#parts
    const advisory = await facts.get(tx, id)
    const ladder = await facts.ladder(tx, id, holder.organisation_id)
    if (advisory?.state !== 'published' || !ladder) return ''
    const { version, due_at } = ladder
    const { organisation_id: issuer_id, tlp_rank } = advisory
    const subject = { id, version, issuer_id, tlp_rank, due_at }
    const token = await this.#keeper.make(tx, subject, holder)
    // After #, so that neither a log nor another site's Referer holds it.
    return token === undefined ? '' : `/answer/advisory#${token}`
  }

  /** What the holder of a link is asked. Throws Problem advisory.link-unknown, advisory.link-expired. */
  async read(token: string): Promise<LinkedAdvisory> {
    return this.#shown(await this.#keeper.require(token))
  }

  /**
   * Answers by a link; the same request again changes nothing. Throws Problem advisory.link-unknown,
   * advisory.link-expired, advisory.link-used-up, advisory.sign-in-required, advisory.cancelled,
   * advisory.replaced, advisory.answered, advisory.note-required.
   */
  async answer(draft: AdvisoryLinkAnswer, ip: string): Promise<LinkedAdvisory> {
    const { advisories, facts } = this.#parts
    const { request_id, assessment, note } = draft
    const link = await this.#keeper.require(draft.token)
    if (link.last_request === request_id) return this.#shown(link)
    const { state, cancellation } = await this.#shown(link)
    requireAdvisoryOpen(state, cancellation)
    await this.#keeper.take(link, { request_id, ip }, async (tx, proof) => {
      const { version, subject } = link
      const caller = this.#keeper.callerOf(link)
      // Somebody may have answered for the organisation since the page was opened.
      const own = await facts.standing(tx, subject, caller.organisation_id)
      if (!own || !assessmentsAt(own).includes(assessment)) throw new Problem('advisory.answered')
      const said = { version, assessment, note, systems: [] }
      await advisories.answerIn(tx, caller, subject, said, proof)
    })
    return this.#shown(link)
  }

  async #shown(link: AnswerLinkRow): Promise<LinkedAdvisory> {
    const { contact_name, tlp_rank, expires_at, subject, version } = link
    const about = {
      contact_name,
      expires_at,
      tlp: tlpOf(tlp_rank),
      state: 'sign-in' as const,
      organisation_name: '',
      number: '',
      cancellation: '',
      answers: [],
      advisory: null,
    }
    if (!this.#keeper.isShown(link)) return about
    const advisory = await this.#parts.advisories.get(this.#keeper.callerOf(link), subject)
    const { own } = advisory
    if (!own) throw new Problem('advisory.link-unknown')
    const state = advisoryLinkState(version, advisory, own)
    const isShown = state === 'open' || state === 'answered'
    return {
      ...about,
      state,
      organisation_name: own.organisation_name,
      number: advisory.number,
      cancellation: state === 'cancelled' ? await this.#reason(subject, advisory.version) : '',
      answers: state === 'open' ? [...assessmentsAt(own)] : [],
      advisory: isShown ? advisory : null,
    }
  }

  #reason(id: string, version: number): Promise<string> {
    const { database, facts } = this.#parts
    return database.transact(systemScope, (tx) => facts.changeNote(tx, id, version))
  }
}
