import { eventFields } from '@haidang/contracts/event-api'
import { millisecondsOf } from '@haidang/contracts/instant'
import { severityOf } from '@haidang/contracts/severity'
import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { RotateCw } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { withTerm } from '../../components/filter-tree.ts'
import { Histogram } from '../../components/histogram.tsx'
import { gutter, Page, PageHead, Peek } from '../../components/page.tsx'
import { RangeSelect } from '../../components/range-select.tsx'
import { Bone, Failure, LoadingRows } from '../../components/states.tsx'
import { instantOf } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import type { Range } from '../../search.ts'
import { cn } from '../../theme/cn.ts'
import { ArchiveNote } from './archive-note.tsx'
import { CustomRange } from './custom-range.tsx'
import { EventDetail } from './event-detail.tsx'
import { type Span, useSpan } from './event-range.ts'
import { EventTable } from './event-table.tsx'
import { Facets } from './facets.tsx'

const route = getRouteApi('/shell/events')
const fields = Object.keys(eventFields)

/** What exactly happened, and where else. */
export function EventsPage() {
  const { t } = useLingui()
  const { number } = useWords()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { q = '', peek } = search
  const { span, renew } = useSpan(search)
  const [choosing, setChoosing] = useState(false)
  const change = useCallback(
    (next: typeof search) =>
      void navigate({ to: '/events', search: (old) => ({ ...old, ...next }), replace: true }),
    [navigate],
  )
  const setFilter = useCallback((next: string) => change({ q: next || undefined }), [change])
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['events', 'list', filter, span],
    read: (cursor, signal) =>
      api.events.search(
        { query: { limit: 100, cursor, filter, from: span.from, to: span.to } },
        signal,
      ),
  })
  const fromArchive = useMemo(
    () => new Set(pages.query.data?.pages.flatMap((page) => page.from_archive)),
    [pages.query.data],
  )
  const histogram = useEventHistogram(filter, span)
  const pick = (range: Range) => change({ range, from: undefined, to: undefined })
  const zoom = useCallback(
    (from: number, to: number) =>
      change({ from: instantOf(from), to: instantOf(to), range: undefined }),
    [change],
  )
  const add = useCallback(
    (field: string, value: string, exclude: boolean) =>
      setFilter(withTerm(q, field, value, exclude)),
    [q, setFilter],
  )
  const total = histogram.data?.total
  return (
    <Page
      title={t`Tra cứu`}
      peek={
        peek ? (
          <Peek label={t`Chi tiết sự kiện`} onClose={() => change({ peek: undefined })}>
            <EventDetail id={peek} onTerm={add} />
          </Peek>
        ) : null
      }
    >
      <PageHead
        title={t`Tra cứu`}
        count={total === undefined ? undefined : t`${number(total)} sự kiện`}
      />
      <div className={cn('flex flex-col gap-3 pb-3', gutter)}>
        <FilterBar
          value={q}
          onChange={setFilter}
          fields={fields}
          example="severity:high and not user:root"
        >
          <RangeSelect
            value={span.custom ? 'custom' : (search.range ?? '24h')}
            onChange={pick}
            onCustom={() => setChoosing(true)}
          />
          <Button aria-label={t`Tìm lại tới lúc này`} size="icon" onClick={renew}>
            <RotateCw aria-hidden="true" className="size-4" />
          </Button>
        </FilterBar>
        {choosing || span.custom ? (
          <CustomRange span={span} onChange={(next) => change({ ...next, range: undefined })} />
        ) : null}
        {histogram.data ? (
          <Histogram
            label={t`Sự kiện theo thời gian`}
            buckets={histogram.data.buckets}
            bucketSeconds={histogram.data.seconds}
            from={millisecondsOf(span.from)}
            to={millisecondsOf(span.to)}
            onZoom={zoom}
          />
        ) : (
          <Bone className="h-24 rounded-control opacity-40" />
        )}
      </div>
      <div className="grid border-t lg:grid-cols-[232px_minmax(0,1fr)]">
        <Facets filter={filter} span={span} onTerm={add} />
        <div className="min-w-0 lg:border-l">
          {pages.query.isPending ? (
            <div className={gutter}>
              <LoadingRows />
            </div>
          ) : null}
          {pages.query.error && pages.items.length === 0 ? (
            <Failure error={pages.query.error} onRetry={() => void pages.query.refetch()} />
          ) : null}
          <ArchiveNote replies={pages.query.data?.pages ?? []} />
          <EventTable
            pages={pages}
            fromArchive={fromArchive}
            total={total}
            filtered={q !== ''}
            peek={peek}
            onPeek={(id) => change({ peek: id ?? undefined })}
            onClear={() => setFilter('')}
          />
        </div>
      </div>
    </Page>
  )
}

function useEventHistogram(filter: string | undefined, span: Span) {
  return useQuery({
    queryKey: ['events', 'histogram', filter, span],
    queryFn: async ({ signal }) => {
      const reply = await api.events.histogram(
        { query: { filter, from: span.from, to: span.to, buckets: 96 } },
        signal,
      )
      return {
        total: reply.total,
        seconds: reply.bucket_seconds,
        buckets: reply.buckets.map(({ severity_id, ...rest }) => ({
          ...rest,
          severity: severityOf(severity_id),
        })),
      }
    },
    placeholderData: keepPreviousData,
  })
}
