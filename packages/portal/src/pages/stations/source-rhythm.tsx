import type { Source } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { RhythmStrip } from './rhythm-strip.tsx'
import { BacklogFacts } from './source-backlog.tsx'

interface SourceRhythmProps {
  readonly source: Source
  readonly onClose: () => void
}

/** How a source is, what it usually sends in a week and what it sent, and when it fell silent. */
export function SourceRhythmDialog({ source, onClose }: SourceRhythmProps) {
  const { t } = useLingui()
  const { label, number, duration } = useWords()
  const rhythm = useQuery({
    queryKey: ['sources', source.id, 'rhythm'],
    queryFn: ({ signal }) => api.sources.rhythm({ params: { id: source.id } }, signal),
  })
  return (
    <Dialog open onClose={onClose} title={t`Nhịp dữ liệu của ${source.name}`} wide>
      <Facts>
        <Fact name={t`Trạng thái`}>{label('sourceState', source.state)}</Fact>
        {source.since ? (
          <Fact name={t`Từ lúc`}>
            <Time at={source.since} as="absolute" />
          </Fact>
        ) : null}
        {source.cause ? (
          <Fact name={t`Nguyên nhân`}>
            {label('silenceCause', source.cause)}
            {source.cause_detail ? (
              <code className="block break-words text-12 text-ink-2">{source.cause_detail}</code>
            ) : null}
          </Fact>
        ) : null}
        {source.cause ? (
          <Fact name={t`Nên làm`}>{label('silenceRemedy', source.cause)}</Fact>
        ) : null}
        {source.missed > 0 ? (
          <Fact name={t`Thiếu`}>{t`khoảng ${number(source.missed)} bản ghi`}</Fact>
        ) : null}
        <Fact name={t`Giờ này thường`}>
          {source.usual_per_hour === null
            ? t`chưa học đủ; im lặng sau ${duration(source.quiet_after_seconds)} theo cấu hình nguồn`
            : t`${number(source.usual_per_hour)} bản ghi mỗi giờ; im lặng sau ${duration(source.quiet_after_seconds)}`}
        </Fact>
        <BacklogFacts backlog={source.backlog} />
      </Facts>
      <Asked query={rhythm}>{(week) => <RhythmStrip week={week} />}</Asked>
      <Silences sourceId={source.id} />
    </Dialog>
  )
}

function Silences({ sourceId }: { sourceId: string }) {
  const { t } = useLingui()
  const { label, compact } = useWords()
  const query = useQuery({
    queryKey: ['sources', sourceId, 'silences'],
    queryFn: ({ signal }) =>
      api.sources.silences({ query: { limit: 20, filter: `source_id:${sourceId}` } }, signal),
  })
  return (
    <section className="pt-5">
      <h3 className="pb-1 font-semibold text-15">{t`Những lần gián đoạn`}</h3>
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-ink-3">{t`Chưa lần nào.`}</p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map(({ id, kind, cause, from, to, usual, received }) => (
                <li key={id} className="flex flex-wrap justify-between gap-x-4 py-1.5">
                  <span>
                    {label('silenceKind', kind)} ·{' '}
                    <span className="text-ink-2">{label('silenceCause', cause)}</span>
                  </span>
                  <span className="text-12 text-ink-2">
                    <Time at={from} as="absolute" /> –{' '}
                    {to ? <Time at={to} as="absolute" /> : t`nay`}
                    {usual > 0
                      ? ` · ${t`nhận ${compact(received)} / thường ${compact(usual)}`}`
                      : ''}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </section>
  )
}
