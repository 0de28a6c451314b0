import { entryTypes } from '@haidang/contracts/journal'
import { LiveMessage } from '@haidang/contracts/overview'
import { useSyncExternalStore } from 'react'

export type LiveState = 'connecting' | 'live' | 'lost'

/** What tabs of one browser tell each other: the leader's state and every message. */
type Signal =
  | { readonly kind: 'state'; readonly state: LiveState }
  | { readonly kind: 'message'; readonly message: LiveMessage }
  | { readonly kind: 'ask' }

const changed = new EventTarget()
let state: LiveState = 'connecting'

function setState(next: LiveState): void {
  state = next
  changed.dispatchEvent(new Event('change'))
}

/**
 * Follows the node's changes until the signal aborts. One tab of the browser holds the connection (HTTP/1.1 allows six
 * to a host) and tells the others; when it closes, the next takes over through the lock.
 */
export function followLive(onMessage: (message: LiveMessage) => void, signal: AbortSignal): void {
  const channel = new BroadcastChannel('haidang.live')
  let leads = false
  const hear = (heard: Signal) => {
    if (heard.kind === 'state') setState(heard.state)
    else if (heard.kind === 'message') onMessage(heard.message)
    else if (leads) channel.postMessage({ kind: 'state', state } satisfies Signal)
  }
  const tell = (told: Signal) => {
    hear(told)
    channel.postMessage(told)
  }
  channel.onmessage = ({ data }: MessageEvent<Signal>) => hear(data)
  channel.postMessage({ kind: 'ask' } satisfies Signal)
  signal.addEventListener('abort', () => channel.close())
  // Web Locks exist in secure contexts only; elsewhere every tab follows for itself.
  const locks: LockManager | undefined = navigator.locks
  if (!locks) {
    void listen(hear, signal)
    return
  }
  locks
    .request('haidang.live', { signal }, () => {
      leads = true
      return listen(tell, signal)
    })
    .catch(() => undefined)
}

/** Holds the connection open until the signal aborts. */
function listen(tell: (signal: Signal) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const source = new EventSource('/api/v1/live', { withCredentials: true })
    tell({ kind: 'state', state: 'connecting' })
    source.onopen = () => tell({ kind: 'state', state: 'live' })
    source.onerror = () => tell({ kind: 'state', state: 'lost' })
    const receive = ({ data }: MessageEvent<string>) => {
      const message = LiveMessage.safeParse(parsed(data))
      if (message.success) tell({ kind: 'message', message: message.data })
    }
    for (const type of ['message', ...entryTypes]) source.addEventListener(type, receive)
    signal.addEventListener('abort', () => {
      source.close()
      resolve()
    })
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (notify) => {
      changed.addEventListener('change', notify)
      return () => changed.removeEventListener('change', notify)
    },
    () => state,
  )
}
