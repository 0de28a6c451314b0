import type { HealthCheck } from '@haidang/contracts/health'
import { systemClock } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import { silentLog } from '@haidang/runtime/silent-log'
import { connectBus } from '@haidang/runtime/spool/nats/connect-bus'
import type { NodeConfiguration } from '../node-configuration.ts'

type BusFinding = Pick<HealthCheck, 'name' | 'state'> & { cause: string; remedy: string }

/** Whether the servers of `bus.url` answer and let this node in; nothing where there are none. */
export async function busFindings(given: NodeConfiguration['bus']): Promise<BusFinding[]> {
  const { url, ...settings } = given
  if (url === undefined) return []
  const name = 'bus'
  try {
    const bus = await connectBus({
      settings: { ...settings, url },
      name: 'haidang doctor',
      patience: 0,
      clock: systemClock,
      log: silentLog,
    })
    const { state, cause, remedy } = await bus.check()
    await bus.close()
    return [{ name, state, cause: cause.en, remedy: remedy.en }]
  } catch (error) {
    const [refusal] = error instanceof Problem ? error.errors : []
    const words = error instanceof Error ? error.message : String(error)
    const cause = refusal ? `${url} ${refusal.cause}` : words
    return [{ name, state: 'fail', cause, remedy: refusal?.remedy ?? 'see docs/operate/nats.md' }]
  }
}
