import type { Reject } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Check } from '../../components/field.tsx'
import { List } from '../../components/list.tsx'
import { gutter } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { RejectDialog } from './reject-dialog.tsx'
import { LatestReplay, useReplay } from './reject-replays.tsx'

const route = getRouteApi('/shell/stations')
const idOf = (reject: Reject) => reject.id

/** Records no parser could read: kept, counted, and parsed again after a fix. */
export function RejectsTab() {
  const { t } = useLingui()
  const { q: sourceId } = route.useSearch()
  const navigate = route.useNavigate()
  const refusal = useRefusal()
  const [shown, setShown] = useState<Reject | null>(null)
  const [withReplayed, setWithReplayed] = useState(false)
  const terms = [sourceId ? `source_id:${sourceId}` : '', withReplayed ? '' : 'state:waiting']
  const filter = terms.join(' ').trim() || undefined
  const pages = usePages({
    queryKey: ['rejects', filter],
    read: (cursor, signal) =>
      api.sources.rejects({ query: { limit: 100, cursor, filter } }, signal),
  })
  const replay = useReplay()
  const columns = useRejectColumns()
  const free = () => void navigate({ to: '/stations', search: { tab: 'rejects' } })
  const all = () =>
    replay.mutate(sourceId ? { source_id: sourceId } : { ids: pages.items.slice(0, 500).map(idOf) })
  return (
    <>
      <div className={cn('flex flex-wrap items-center gap-3 py-3', gutter)}>
        <p className="text-ink-2">{t`Bản ghi được giữ nguyên để đọc lại sau khi sửa bộ tách hoặc cấu hình nguồn.`}</p>
        <Check
          checked={withReplayed}
          onChange={(event) => setWithReplayed(event.currentTarget.checked)}
        >
          {t`Cả những bản ghi đã đọc lại`}
        </Check>
        {sourceId ? (
          <Button size="small" onClick={free}>
            {t`Mọi nguồn`} <X aria-hidden="true" className="size-3.5" />
          </Button>
        ) : null}
        {pages.items.length > 0 ? (
          <Button
            size="small"
            className="ml-auto"
            refusal={refusal('source.manage')}
            busy={replay.isPending}
            onClick={all}
          >
            {sourceId ? t`Đọc lại mọi bản ghi của nguồn` : t`Đọc lại các bản ghi đang hiện`}
          </Button>
        ) : null}
      </div>
      <div className={cn('pb-3', gutter)}>
        <LatestReplay />
      </div>
      <List
        pages={pages}
        name="rejects"
        label={t`Bản ghi không đọc được`}
        idOf={idOf}
        columns={columns}
        compact={(reject) => <RejectLine reject={reject} />}
        onOpen={setShown}
        {...(sourceId ? { onClear: free } : {})}
        empty={
          <Empty
            title={t`Chưa có bản ghi nào không đọc được`}
          >{t`Mọi bản ghi nhận được đều đọc được.`}</Empty>
        }
      />
      {shown ? <RejectDialog reject={shown} onClose={() => setShown(null)} /> : null}
    </>
  )
}

function useRejectColumns(): readonly Column<Reject>[] {
  const { t } = useLingui()
  const { bytes } = useWords()
  return useMemo(
    () => [
      {
        id: 'time',
        header: t`Nhận lúc`,
        width: '132px',
        fixed: true,
        cell: ({ received_time }) => <Time at={received_time} as="absolute" />,
      },
      { id: 'source', header: t`Nguồn`, width: '128px', cell: ({ source_name }) => source_name },
      {
        id: 'reason',
        header: t`Lý do`,
        width: '160px',
        fixed: true,
        cell: ({ reason, detail }) => (
          <code className="text-12 text-high" title={detail}>
            {reason}
          </code>
        ),
      },
      {
        id: 'format',
        header: t`Định dạng`,
        width: '104px',
        from: 880,
        cell: ({ format }) => <code className="text-12 text-ink-2">{format}</code>,
      },
      {
        id: 'excerpt',
        header: t`Bản ghi`,
        width: 'minmax(120px,3fr)',
        from: 680,
        cell: ({ excerpt }) => <code className="text-12 text-ink-2">{excerpt}</code>,
      },
      {
        id: 'size',
        header: t`Cỡ`,
        width: '72px',
        from: 760,
        align: 'right',
        cell: ({ size }) => bytes(size),
      },
      {
        id: 'replayed',
        header: t`Đọc lại`,
        width: '96px',
        from: 980,
        cell: ({ replayed_at }) => (replayed_at ? <Time at={replayed_at} /> : '—'),
      },
    ],
    [t, bytes],
  )
}

function RejectLine({ reject }: { reject: Reject }) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex justify-between gap-2">
        <code className="truncate text-12 text-high">{reject.reason}</code>
        <span className="shrink-0 text-12 text-ink-2">{reject.source_name}</span>
      </div>
      <code className="truncate text-12 text-ink-2">{reject.excerpt}</code>
    </div>
  )
}
