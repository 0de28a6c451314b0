import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Analytic, Conclude } from './analytic.ts'
import { hashOf } from './hash.ts'
import type { Home } from './home.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'
import type { Observation } from './observation.ts'
import { countSince, noRecent, note, type Recent, weightOf } from './recent.ts'

const mostHosts = 256
const remoteLogons = new Set([
  'network',
  'remote',
  'remote-interactive',
  'network-cleartext',
  'new-credentials',
])

/** Own hosts a source reached for administration. */
interface Reach {
  since: number
  /** Hosts by connection and by logon: the same host has an address here and a name there. */
  readonly connected: Recent
  readonly loggedOn: Recent
  /** Hosts met for the first time after the source was known. */
  readonly fresh: Recent
}

/** Finds sources that spread inside: administration of many own hosts, above all of hosts they never reached before. */
export class LateralMovement implements Analytic {
  readonly #parameters: BehaviourParameters['lateral']
  readonly #home: Home
  readonly #ports: ReadonlySet<number>
  readonly #sources: KeyedState<Reach>

  constructor(parameters: BehaviourParameters['lateral'], limits: StateLimits, home: Home) {
    this.#parameters = parameters
    this.#home = home
    this.#ports = new Set(parameters.ports)
    this.#sources = new KeyedState<Reach>(
      limits,
      () => ({ since: 0, connected: noRecent(), loggedOn: noRecent(), fresh: noRecent() }),
      ({ connected, loggedOn, fresh }) =>
        weightOf(connected) + weightOf(loggedOn) + weightOf(fresh),
    )
  }

  get evicted(): number {
    return this.#sources.evicted
  }

  observe(seen: Observation, conclude: Conclude): void {
    const target = this.#targetOf(seen)
    const { from, at } = seen
    if (target === undefined || from === undefined || from === target) return
    this.#sources.change(from, at, (reach) => {
      if (reach.since === 0) reach.since = at
      const met = seen.kind === 'logon' ? reach.loggedOn : reach.connected
      if (!note(met, hashOf(target), at, mostHosts)) return
      const isKnown = at - reach.since >= this.#parameters.known_seconds * 1000
      if (isKnown) note(reach.fresh, hashOf(`${seen.kind} ${target}`), at, mostHosts)
      this.#judge(reach, seen, conclude)
    })
  }

  snapshot(): unknown {
    return this.#sources.snapshot()
  }

  restore(state: unknown): void {
    this.#sources.restore(state)
  }

  #targetOf({ kind, from, to, host, port, ok, detail, account }: Observation): string | undefined {
    if (!this.#home.has(from)) return undefined
    if (kind === 'flow') {
      const isAdministration = port !== undefined && this.#ports.has(port) && ok !== false
      return isAdministration && this.#home.has(to) ? to : undefined
    }
    const isRemote = kind === 'logon' && ok === true && remoteLogons.has(detail ?? '')
    return isRemote && account?.endsWith('$') !== true ? host : undefined
  }

  #judge(reach: Reach, { at, from = '', account }: Observation, conclude: Conclude): void {
    const { window_seconds, new_hosts, hosts, known_seconds } = this.#parameters
    const count = (recent: Recent) => countSince(recent, at, window_seconds * 1000)
    const fresh = count(reach.fresh)
    const [connected, loggedOn] = [count(reach.connected), count(reach.loggedOn)]
    const reached = Math.max(connected, loggedOn)
    const isKnown = at - reach.since >= known_seconds * 1000
    if (fresh < new_hosts && (isKnown || reached < hosts)) return
    conclude({
      rule: 'lateral-movement',
      severity: loggedOn >= new_hosts ? 'high' : 'medium',
      about: { source: from, account },
      keys: [from],
      magnitude: reached,
      reasons: [
        { measure: 'source', value: from },
        { measure: 'hosts_connected', value: connected, bound: `≥ ${hosts}` },
        { measure: 'hosts_logged_on', value: loggedOn },
        { measure: 'hosts_first_reached', value: fresh, bound: `≥ ${new_hosts}` },
        { measure: 'window_seconds', value: window_seconds },
      ],
    })
  }
}
