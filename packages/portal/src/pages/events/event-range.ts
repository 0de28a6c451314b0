import { millisecondsOf } from '@haidang/contracts/instant'
import { useMemo, useState } from 'react'
import { instantOf, nowMilliseconds } from '../../format/instant.ts'
import { type Range, rangeSeconds } from '../../search.ts'

interface RangeSearch {
  readonly range?: Range | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface Span {
  readonly from: string
  readonly to: string
  readonly custom: boolean
}

/** The span an address means: absolute as written, or relative to the moment it was last asked. */
export function spanOf({ range, from, to }: RangeSearch, now: number): Span {
  const [start, end] = [millisecondsOf(from ?? ''), millisecondsOf(to ?? '')]
  if (start < end) return { from: instantOf(start), to: instantOf(end), custom: true }
  const seconds = rangeSeconds[range ?? '24h']
  return { from: instantOf(now - seconds * 1000), to: instantOf(now), custom: false }
}

/** The span in force, and a way to ask again with a later now. */
export function useSpan(search: RangeSearch) {
  const [now, setNow] = useState(nowMilliseconds)
  const { range, from, to } = search
  const span = useMemo(() => spanOf({ range, from, to }, now), [range, from, to, now])
  return { span, renew: () => setNow(nowMilliseconds()) }
}
