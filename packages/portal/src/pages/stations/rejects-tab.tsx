import type { Reject } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { List } from '../../components/list.tsx'
import { gutter } from '../../components/page.tsx'
import { RawRecord } from '../../components/raw-record.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { complain, say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'

const route = getRouteApi('/shell/stations')
const idOf = (reject: Reject) => reject.id

/** Records no parser could read: kept, counted, and parsed again after a fix. */
export function RejectsTab() {
  const { t } = useLingui()
  const { q: sourceId } = route.useSearch()
  const navigate = route.useNavigate()
  const refusal = useRefusal()
  const [shown, setShown] = useState<Reject | null>(null)
  const filter = sourceId ? `source_id:${sourceId}` : undefined
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

function useReplay() {
  const { t } = useLingui()
  const { number } = useWords()
  const client = useQueryClient()
  const describe = useDescribe()
  return useMutation({
    mutationFn: (body: { ids?: string[]; source_id?: string }) => api.sources.replay({ body }),
    onSuccess: ({ replayed, still_rejected: still }) => {
      say(t`Đọc được ${number(replayed - still)} trên ${number(replayed)} bản ghi`)
      void client.invalidateQueries({ queryKey: ['rejects'] })
      void client.invalidateQueries({ queryKey: ['sources'] })
    },
    onError: (error) => complain(describe(error).title),
  })
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

function RejectDialog({ reject, onClose }: { reject: Reject; onClose: () => void }) {
  const { t } = useLingui()
  const { bytes } = useWords()
  const refusal = useRefusal()
  const replay = useReplay()
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Bản ghi không đọc được`}
      about={<code>{reject.reason}</code>}
      wide
    >
      <p className="pb-3 text-15">{reject.detail}</p>
      <RawRecord text={reject.excerpt} />
      <div className="py-3">
        <Facts>
          <Fact name={t`Nguồn`}>{reject.source_name}</Fact>
          <Fact name={t`Nhận lúc`}>
            <Time at={reject.received_time} as="absolute" />
          </Fact>
          <Fact name={t`Cỡ`}>{bytes(reject.size)}</Fact>
        </Facts>
      </div>
      <Button
        refusal={refusal('source.manage')}
        busy={replay.isPending}
        onClick={() => replay.mutate({ ids: [reject.id] }, { onSuccess: onClose })}
      >
        {t`Đọc lại bản ghi này`}
      </Button>
    </Dialog>
  )
}
