import { Severity } from '@haidang/contracts/severity'
import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Histogram } from '../../components/histogram.tsx'
import { Bone } from '../../components/states.tsx'
import { instantOf, nowMilliseconds } from '../../format/instant.ts'
import { type Range, rangeSeconds } from '../../search.ts'

/** Alerts over time for the filter in force. */
export function AlertHistogram({ filter, range }: { filter: string | undefined; range: Range }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['clusters', 'histogram', filter, range],
    queryFn: async ({ signal }) => {
      const to = nowMilliseconds()
      const from = to - rangeSeconds[range] * 1000
      const reply = await api.clusters.histogram(
        { query: { filter, from: instantOf(from), to: instantOf(to), buckets: 96 } },
        signal,
      )
      const buckets = reply.buckets.map(({ severity, ...rest }) => ({
        ...rest,
        severity: Severity.catch('informational').parse(severity),
      }))
      return { from, to, buckets, seconds: reply.bucket_seconds }
    },
    placeholderData: keepPreviousData,
  })
  if (!query.data)
    return query.isPending ? <Bone className="h-24 rounded-control opacity-40" /> : null
  const { from, to, buckets, seconds } = query.data
  return (
    <Histogram
      label={t`Cảnh báo theo thời gian`}
      buckets={buckets}
      bucketSeconds={seconds}
      from={from}
      to={to}
      height={84}
    />
  )
}
