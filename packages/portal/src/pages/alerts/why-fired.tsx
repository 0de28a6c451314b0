import type { Alert } from '@haidang/contracts/alert'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useMay } from '../../api/session.ts'
import { Section } from '../../components/page.tsx'
import { RawRecord } from '../../components/raw-record.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** Why a rule fired: what it says, which fields met which pattern, and the record itself. */
export function WhyFired({ alert }: { alert: Alert }) {
  const { t } = useLingui()
  const { label } = useWords()
  const may = useMay()
  const values = useMemo(() => alert.matches.map(({ value }) => value), [alert.matches])
  return (
    <div className="flex flex-col gap-6">
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
        {alert.matches.length > 0 ? (
          <table className="mt-3 w-full table-fixed text-13">
            <thead className="text-left text-12 text-ink-3">
              <tr className="border-b">
                <th className="w-1/4 py-1 pr-3 font-medium">{t`Trường`}</th>
                <th className="w-2/5 py-1 pr-3 font-medium">{t`Giá trị trong bản ghi`}</th>
                <th className="py-1 font-medium">{t`Mẫu của luật`}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line font-mono text-12">
              {alert.matches.map((match) => (
                <tr
                  key={`${match.selection} ${match.field} ${match.pattern}`}
                  className="align-top"
                >
                  <td className="break-words py-1.5 pr-3 text-ink-2">{match.field}</td>
                  <td className="py-1.5 pr-3">
                    <mark className="box-decoration-clone break-all rounded-[2px] bg-mark px-1 text-ink">
                      {match.value}
                    </mark>
                  </td>
                  <td className="break-all py-1.5 text-ink-2">{match.pattern}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </Section>
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
