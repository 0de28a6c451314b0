import type { RunningDeadline } from '@haidang/contracts/deadline'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Section } from '../../components/page.tsx'
import { DeadlineName, DueTime, SubjectLink } from '../deadlines/deadline-columns.tsx'

/** What is due next, and what is over and not met, soonest first. */
export function NextDeadlines({ deadlines }: { deadlines: readonly RunningDeadline[] }) {
  const { t } = useLingui()
  return (
    <Section
      title={t`Hạn gần nhất`}
      acts={
        <span className="text-12 text-accent [&_a:hover]:underline">
          <Link to="/deadlines" search={{}} className="inline-flex min-h-6 items-center">
            {t`Mọi hạn`}
          </Link>
        </span>
      }
    >
      {deadlines.length === 0 ? <p className="py-3 text-ink-3">{t`Không có hạn nào.`}</p> : null}
      <ul className="divide-y divide-line">
        {deadlines.map((deadline) => (
          <li
            key={deadline.id}
            className="grid min-h-10 grid-cols-[minmax(0,1fr)_auto] items-center gap-3 py-1.5"
          >
            <div className="min-w-0">
              <DeadlineName deadline={deadline} />
              <p className="truncate text-12 text-ink-2">
                <SubjectLink deadline={deadline} /> · {deadline.organisation_name}
              </p>
            </div>
            <span className="text-12">
              <DueTime deadline={deadline} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
