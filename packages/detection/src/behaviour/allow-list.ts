import type { AllowEntry } from '@haidang/contracts/behaviour-parameters'
import { isWithin, readIp, readNetwork } from '../ip-address.ts'
import type { About, Conclusion } from './analytic.ts'

type IsAllowed = (conclusion: Pick<Conclusion, 'rule' | 'about'>) => boolean

/**
 * Whether a conclusion is wanted behaviour. It is asked when findings leave, never when state is kept: what an
 * entry hid shows again as soon as the entry goes.
 */
export function allowListOf(entries: readonly AllowEntry[]): IsAllowed {
  const tests = entries.map(testOf).filter((test) => test !== undefined)
  return (conclusion) => tests.some((test) => test(conclusion))
}

function testOf({ rule, source, destination, account }: AllowEntry): IsAllowed | undefined {
  const parts: IsAllowed[] = []
  if (rule !== undefined) parts.push((conclusion) => conclusion.rule === rule)
  if (source !== undefined) parts.push(partOf('source', source))
  if (destination !== undefined) parts.push(partOf('destination', destination))
  if (account !== undefined) parts.push(({ about }) => about.account === account.toLowerCase())
  return parts.length === 0 ? undefined : (conclusion) => parts.every((part) => part(conclusion))
}

function partOf(part: keyof About, written: string): IsAllowed {
  const network = readNetwork(written)
  if (network !== undefined) {
    return ({ about }) => {
      const ip = readIp(about[part] ?? '')
      return ip !== undefined && isWithin(ip, network)
    }
  }
  const name = written.toLowerCase().replace(/^\*?\./, '')
  return ({ about }) => about[part] === name || about[part]?.endsWith(`.${name}`) === true
}
