import { useSyncExternalStore } from 'react'
import { clockTime, dateTime, fullTime, nowMilliseconds } from '../format/instant.ts'
import { relative } from '../format/relative.ts'
import { useWords } from '../language/use-words.ts'

const tick = new EventTarget()
let now = nowMilliseconds()
setInterval(() => {
  now = nowMilliseconds()
  tick.dispatchEvent(new Event('tick'))
}, 5000)

/** Milliseconds since the epoch, renewed every five seconds for everything on the page at once. */
export function useNow(): number {
  return useSyncExternalStore(
    (notify) => {
      tick.addEventListener('tick', notify)
      return () => tick.removeEventListener('tick', notify)
    },
    () => now,
  )
}

interface TimeProps {
  readonly at: string
  readonly as?: 'relative' | 'absolute' | 'clock'
  readonly className?: string
}

/** A point in time: relative in lists, absolute on hover with zone and UTC. */
export function Time({ at, as = 'relative', className }: TimeProps) {
  const { language } = useWords()
  const current = useNow()
  const shown =
    as === 'relative'
      ? relative(at, current, language)
      : as === 'clock'
        ? clockTime(at, current)
        : dateTime(at)
  return (
    <time dateTime={at} title={fullTime(at)} className={className}>
      {shown}
    </time>
  )
}
