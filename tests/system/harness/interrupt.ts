import type { StartedStation } from '../start-station.ts'

/** Stops a node in order, or kills its program, and starts it again. */
export async function interrupt({ node }: StartedStation, how: 'stop' | 'kill'): Promise<void> {
  if (how === 'kill') return node.kill('main')
  await node.stop()
  await node.start()
}

/** Who arrives waits for all others. */
export function meetingOf(count: number) {
  const { promise: all, resolve } = Promise.withResolvers<void>()
  let missing = count
  const arrive = () => {
    missing--
    if (missing === 0) resolve()
    return all
  }
  return { all, arrive }
}
