import { useLingui } from '@lingui/react/macro'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { MoreRows } from '../../components/more-rows.tsx'
import { Section } from '../../components/page.tsx'
import { Pill, SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { Empty, Failure, LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { WithdrawDocument } from './withdraw-document.tsx'

/** Documents issued by or to one's organisation, newest first. */
export function IssuedList() {
  const { t } = useLingui()
  const { label } = useWords()
  const { query, items } = usePages({
    queryKey: ['documents', 'issued'],
    read: (cursor, signal) => api.documents.list({ query: { limit: 50, cursor } }, signal),
  })
  return (
    <Section title={t`Văn bản đã ban hành`} count={items.length || undefined}>
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.error && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data && items.length === 0 ? (
        <Empty title={t`Chưa có văn bản nào`}>
          {t`Lệnh và báo cáo sự cố thành văn bản có số, được ký số khi ban hành.`}
        </Empty>
      ) : null}
      <ul className="divide-y divide-line">
        {items.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
            <span className="font-mono">{one.number}</span>
            <span>{label('documentKind', one.kind)}</span>
            <span className="min-w-0 break-words font-medium">{one.title}</span>
            <TlpLabel tlp={one.tlp} />
            {one.simulated ? <SimulatedMark /> : null}
            <Pill tone={one.state === 'issued' ? 'good' : 'critical'}>
              {label('documentState', one.state)}
            </Pill>
            <span className="text-ink-2">{one.issuer_name}</span>
            <Time at={one.issued_at} as="absolute" />
            <WithdrawDocument document={one} />
          </li>
        ))}
      </ul>
      <MoreRows query={query} />
    </Section>
  )
}
