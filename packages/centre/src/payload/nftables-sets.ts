import type { Indicator } from './indicator.ts'
import { type Payload, plainNumber } from './payload.ts'

const families = [
  [4, 'ipv4_addr'],
  [6, 'ipv6_addr'],
] as const

/**
 * Two named sets, one for each family, in table `inet haidang`; loading the file (`nft -f`) again puts the new
 * elements in the place of the old. Which rule uses the sets is the firewall's owner's to say.
 */
export function nftablesSets(payload: Payload): string {
  const number = plainNumber(payload.number).toLowerCase()
  const action = plainNumber(payload.action_id).toLowerCase()
  const name = `${number}_${action}`.replaceAll('-', '_')
  const head = [
    `# ${plainNumber(payload.number)} version ${payload.version}, TLP:${payload.tlp.toUpperCase()}`,
    ...(payload.simulated ? ['# simulated: not for production'] : []),
    'add table inet haidang',
  ]
  const sets = families.flatMap(([family, type]) => {
    const set = `inet haidang order_${name}_v${family}`
    const elements = payload.indicators.flatMap((one) => elementOf(one, family))
    return [
      `add set ${set} { type ${type}; flags interval; auto-merge; }`,
      `flush set ${set}`,
      ...(elements.length === 0 ? [] : [`add element ${set} {\n  ${elements.join(',\n  ')}\n}`]),
    ]
  })
  return `${[...head, ...sets].join('\n')}\n`
}

function elementOf(indicator: Indicator, family: 4 | 6): string[] {
  const isAddress = indicator.kind === 'address' || indicator.kind === 'network'
  return isAddress && indicator.family === family ? [indicator.text] : []
}
