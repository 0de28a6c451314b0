import { Dice } from '../dice.ts'
import type { Message, Scenario } from '../scenario.ts'
import { ordinaryTraffic } from './background.ts'
import { beaconing, beaconsFrom } from './beaconing.ts'
import { passwordGuessing } from './password-guessing.ts'
import { reconnaissance } from './reconnaissance.ts'
import { webShell } from './web-shell.ts'

/** When each step begins, in seconds at speed 1; all of it is visible within a minute. */
const schedule = { reconnaissance: 1, passwordGuessing: 8, webShell: 20, beaconing: 32 } as const

/**
 * One group attacks three sites: it scans their portals, guesses SSH passwords at the ministry and the
 * province, leaves a web shell at the ministry, and the machines it took report to one control server,
 * which the ISP sees from its customers too.
 */
export const portalIntrusion: Scenario = {
  name: 'portal-intrusion',
  stations: ['ministry', 'province', 'isp'],
  story: (seed) => {
    const dice = new Dice(seed)
    return [
      ...reconnaissance(schedule.reconnaissance, dice),
      ...passwordGuessing(schedule.passwordGuessing, dice),
      ...webShell(schedule.webShell, dice),
      ...beaconing(schedule.beaconing, dice),
    ].toSorted((a, b) => a.at - b.at)
  },
  background: (seed) => merged(ordinaryTraffic(seed), beaconsFrom(60, new Dice(seed ^ 0xbeac0))),
}

/** Two endless sequences in order of time. */
function* merged(one: Iterator<Message>, other: Iterator<Message>): Generator<Message> {
  let a = one.next()
  let b = other.next()
  while (!a.done && !b.done) {
    if (a.value.at <= b.value.at) {
      yield a.value
      a = one.next()
    } else {
      yield b.value
      b = other.next()
    }
  }
}
