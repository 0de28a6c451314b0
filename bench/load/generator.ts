import { type Lane, laneOf } from './lane.ts'
import { Pressure } from './pressure.ts'

/** What a generator is told: first where to send which lane, then how much is stored, in the end to stop. */
export type GeneratorOrder =
  | {
      readonly kind: 'start'
      readonly url: string
      readonly token: string
      readonly lane: Lane['kind']
    }
  | { readonly kind: 'stored'; readonly lines: number }
  | { readonly kind: 'stop' }

/** What it answers when it stopped. */
export interface Generated {
  /** Lines that were acknowledged. */
  readonly sent: number
}

// Entry of a process of its own, so that it can be held to one core and its CPU counted apart.
let stored = 0
let pressure: Pressure | undefined
process.on('message', (order: GeneratorOrder) => {
  if (order.kind === 'stored') stored = order.lines
  else if (order.kind === 'stop') pressure?.stop()
  else void run(order)
})
process.on('disconnect', () => process.exit())

async function run({ url, token, lane }: Extract<GeneratorOrder, { kind: 'start' }>) {
  const { lines } = laneOf(lane)
  pressure = new Pressure({ url, token, lines, stored: async () => stored })
  const sent = await pressure.run()
  process.send?.({ sent } satisfies Generated, () => process.exit())
}
