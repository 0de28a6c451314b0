import type { ReportPassage } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { Fact, Facts } from '../../components/facts.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** Which way a report went over the link, and what became of it at the parent. */
export function ReportPassageFacts({ passage }: { passage: ReportPassage }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { direction, state, number, judged, question, reason, code, at } = passage
  if (direction === 'received') {
    return (
      <Section title={t`Báo từ nút của đơn vị`}>
        <Facts>
          <Fact name={t`Số ở nút gửi`}>
            <span className="font-mono">{number}</span>
          </Fact>
        </Facts>
      </Section>
    )
  }
  return (
    <Section title={t`Báo lên cấp trên`}>
      <Facts>
        <Fact name={t`Tình trạng`}>{label('reportPassageState', state)}</Fact>
        {number ? (
          <Fact name={t`Số ở cấp trên`}>
            <span className="font-mono">{number}</span>
          </Fact>
        ) : null}
        {judged ? <Fact name={t`Cấp trên xử lý`}>{label('reportState', judged)}</Fact> : null}
        {question ? <Fact name={t`Cấp trên hỏi lại`}>{question}</Fact> : null}
        {code ? (
          <Fact name={t`Vì sao không nhận`}>
            <Refusal passage={passage} />
          </Fact>
        ) : null}
        {!code && reason ? <Fact name={t`Lý do`}>{reason}</Fact> : null}
        <Fact name={t`Cập nhật lúc`}>
          <Time at={at} as="absolute" />
        </Fact>
      </Facts>
    </Section>
  )
}

/** In the words of the problem where they are known here, with what exactly was wrong. */
function Refusal({ passage }: { passage: ReportPassage }) {
  const { language } = useWords()
  const { refusal, code, reason } = passage
  return (
    <>
      {refusal?.[language] ?? code}
      {reason ? (
        <span className="block break-words font-mono text-12 text-ink-3">{reason}</span>
      ) : null}
    </>
  )
}
