import type { StationDrift } from '@haidang/contracts/rule-set'
import { driftState, wantedBy } from './rule-set.ts'
import type { TakingStation } from './rule-set-store.ts'
import type { RuleSetRow, SetStationRow } from './rule-set-tables.ts'

type Outline = readonly Pick<RuleSetRow, 'number' | 'ring' | 'hash'>[]

/** What a station says it has. */
interface Word {
  readonly reported: number | null
  readonly reported_hash: string | null
  readonly reported_at: string | null
  readonly active: number | null
  readonly errors: number | null
}

const silence: Word = {
  reported: null,
  reported_hash: null,
  reported_at: null,
  active: null,
  errors: null,
}

/** What a station should have and says it has: its last word, be it an answer or a heartbeat. */
export function driftOf(station: TakingStation, sets: Outline): StationDrift {
  const { ring, assigned, assigned_at, problem, answered } = station.row ?? blank
  const word = wordOf(station)
  const { reported, reported_hash } = word
  const hash = sets.find(({ number }) => number === assigned)?.hash
  const refused = problem === null ? null : answered
  return {
    station_id: station.id,
    station_name: station.name,
    node_id: station.node_id,
    organisation_id: station.organisation_id,
    local: station.local,
    ring,
    wanted: wantedBy(ring, sets),
    assigned,
    assigned_at,
    ...word,
    state: driftState({ assigned, hash, reported, reported_hash, refused }),
    problem,
  }
}

const blank: Pick<SetStationRow, 'ring' | 'assigned' | 'assigned_at' | 'problem' | 'answered'> = {
  ring: 'general',
  assigned: null,
  assigned_at: null,
  problem: null,
  answered: null,
}

/** An answer to a refused set says nothing of what is in force; the heartbeat of this very node is about its parent. */
function wordOf({ row, local, heartbeat, last_heartbeat_at }: TakingStation): Word {
  const answer = answerOf(row)
  const beat = local ? null : heartbeat?.library_rules
  const isOlder = answer !== silence && (last_heartbeat_at ?? '') <= (answer.reported_at ?? '')
  if (!beat || isOlder) return answer
  const { number, hash, active, errors } = beat
  return {
    reported: number,
    reported_hash: hash,
    reported_at: last_heartbeat_at,
    active,
    errors,
  }
}

function answerOf(row: SetStationRow | null): Word {
  if (row === null || row.answered === null || row.problem !== null) return silence
  const { answered, answer_hash, answer_at, active, errors } = row
  return {
    reported: answered,
    reported_hash: answer_hash,
    reported_at: answer_at,
    active,
    errors,
  }
}
