import { type ReplayProgress, replay, type StationTarget } from '@haidang/replay/replay'
import { portalIntrusion } from '@haidang/replay/scenarios/portal-intrusion'
import { systemClock } from '@haidang/runtime/clock'
import type { DemoState } from './demo-state.ts'

interface StoryOptions {
  readonly speed: number
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

/** Sends the story into the stations' own listeners, then ordinary traffic until the signal aborts. */
export async function replayStory(state: DemoState, options: StoryOptions): Promise<void> {
  const { speed, say, signal } = options
  let told = false
  const onProgress = ({ sent, storyTold }: ReplayProgress) => {
    if (!storyTold || told) return
    told = true
    say(`Câu chuyện đã kể xong, ${sent} bản ghi · The story is told, ${sent} records`)
  }
  await replay({
    targets: Object.fromEntries(
      portalIntrusion.stations.map((name) => [name, targetOf(state, name)]),
    ),
    scenario: portalIntrusion,
    speed,
    clock: systemClock,
    signal,
    goOn: true,
    onProgress,
  })
}

function targetOf(state: DemoState, name: string): StationTarget {
  const node = state.nodes[name]
  if (!node)
    throw new Error(`the scenario plays at ${name}, which this demonstration does not have`)
  return {
    syslogTcp: { host: '127.0.0.1', port: node.syslog_port },
    jsonLines: { url: `http://127.0.0.1:${node.http_port}`, tokens: node.tokens },
  }
}
