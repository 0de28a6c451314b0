import type { KeptAlert } from '@haidang/contracts/alert-api'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useMay } from '../../api/session.ts'
import { Matches } from '../../components/matches.tsx'
import { Section } from '../../components/page.tsx'
import { RawRecord } from '../../components/raw-record.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { AlertEventContext } from '../events/event-context.tsx'

/** Why a rule fired: what it says, which fields met which pattern, and the record itself. */
export function WhyFired({ alert }: { alert: KeptAlert }) {
  const { t } = useLingui()
  const { label } = useWords()
  const may = useMay()
  const values = useMemo(() => alert.matches.map(({ value }) => value), [alert.matches])
  return (
    <div className="flex flex-col gap-6">
      {alert.doubt ? (
        <p className="border-high border-l-4 bg-high-soft px-4 py-3 text-15">
          <span className="font-semibold">{t`Dữ liệu đáng ngờ:`}</span> {alert.doubt.reason}
        </p>
      ) : null}
      <Section title={t`Vì sao nổ`}>
        <p className="pt-1 text-15">
          {alert.detector === 'sigma' && may('rule.read') ? (
            <Link
              to="/rules/$id"
              params={{ id: alert.rule.id }}
              className="font-medium text-accent hover:underline"
            >
              {alert.rule.title}
            </Link>
          ) : (
            <span className="font-medium">{alert.rule.title}</span>
          )}
          <span className="ml-2 text-13 text-ink-3">{label('detector', alert.detector)}</span>
        </p>
        {alert.rule.description ? (
          <p className="max-w-[70ch] pt-1 text-15 text-ink-2">{alert.rule.description}</p>
        ) : null}
        <div className="pt-3 empty:hidden">
          <Matches matches={alert.matches} />
        </div>
      </Section>
      <AlertEventContext id={alert.event_id} />
      <Section
        title={t`Bản ghi gốc`}
        acts={<Time at={alert.time} as="absolute" className="text-12 text-ink-3" />}
      >
        <div className="pt-2">
          <RawRecord text={alert.raw_data} values={values} />
        </div>
      </Section>
      {alert.rule.false_positives.length > 0 ? (
        <Section title={t`Có thể là báo động sai khi`}>
          <ul className="list-disc pt-1 pl-5 text-ink-2">
            {alert.rule.false_positives.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  )
}
