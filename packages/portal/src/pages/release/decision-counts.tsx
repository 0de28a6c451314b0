import { type ReleaseCount, ReleaseDecision, ReleaseStream } from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { Section } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'

/** How many records met which decision in the last week. */
export function DecisionCounts({ counts }: { counts: readonly ReleaseCount[] }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const sum = (stream: ReleaseStream, decision: ReleaseDecision) =>
    counts
      .filter((one) => one.stream === stream && one.decision === decision)
      .reduce((total, { count }) => total + count, 0)
  const streams = ReleaseStream.options.filter((stream) =>
    counts.some((one) => one.stream === stream),
  )
  return (
    <Section title={t`Bảy ngày qua`}>
      {streams.length === 0 ? (
        <p className="py-2 text-ink-3">{t`Chưa bản ghi nào tới cửa ra.`}</p>
      ) : null}
      {streams.map((stream) => (
        <dl key={stream} className="py-2 text-13">
          <dt className="font-medium">{label('releaseStream', stream)}</dt>
          {ReleaseDecision.options.map((decision) => (
            <dd key={decision} className="flex justify-between gap-3 text-ink-2">
              <span>{label('releaseDecision', decision)}</span>
              <span>{number(sum(stream, decision))}</span>
            </dd>
          ))}
        </dl>
      ))}
    </Section>
  )
}
