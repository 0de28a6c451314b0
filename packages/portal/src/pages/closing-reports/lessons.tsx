import type { ClosedIncident } from '@haidang/contracts/closing-report'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { FilterBar } from '../../components/filter-bar.tsx'
import { ListStates } from '../../components/list-states.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { gutter } from '../../components/page.tsx'
import { Empty, NoMatch } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'

const fields = ['text', 'written_at', 'organisation_id', 'incident_id']

interface LessonsProps {
  readonly q: string
  readonly onFilter: (q: string) => void
}

/** What was learned from incidents, for who meets the like again. */
export function Lessons({ q, onFilter }: LessonsProps) {
  const { t } = useLingui()
  const pages = usePages({
    queryKey: ['incidents', 'lessons', q],
    read: (cursor, signal) =>
      api.closingReports.list(
        { query: { limit: 30, cursor, ...(q ? { filter: q } : {}) } },
        signal,
      ),
  })
  const empty = q ? (
    <NoMatch onClear={() => onFilter('')} />
  ) : (
    <Empty title={t`Chưa có bài học nào`}>
      {t`Bài học ghi trong báo cáo kết thúc của sự cố hiện ở đây để tra cứu lần sau.`}
    </Empty>
  )
  return (
    <>
      <div className={`py-3 ${gutter}`}>
        <FilterBar
          value={q}
          onChange={onFilter}
          fields={fields}
          example='"mat khau" and written_at>=2026-01-01'
        />
      </div>
      <ListStates pages={pages} empty={empty}>
        <ul className={`flex max-w-[90ch] flex-col divide-y divide-line ${gutter}`}>
          {pages.items.map((one) => (
            <Learned key={one.incident_id} incident={one} />
          ))}
        </ul>
        <MoreRows query={pages.query} />
      </ListStates>
    </>
  )
}

function Learned({ incident }: { incident: ClosedIncident }) {
  const { t } = useLingui()
  const { incident_id: id, number, title, lessons, root_cause, written_at } = incident
  return (
    <li className="flex flex-col gap-1 py-3">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-mono text-12 text-ink-3">{number}</span>
        <Link
          to="/incidents/$id"
          params={{ id }}
          className="font-semibold text-13 text-accent hover:underline"
        >
          {title}
        </Link>
        <span className="text-12 text-ink-3">
          <Time at={written_at} as="absolute" />
        </span>
      </p>
      <ul className="list-disc pl-5 text-13">
        {lessons.map((lesson) => (
          <li key={lesson} className="whitespace-pre-wrap">
            {lesson}
          </li>
        ))}
      </ul>
      <p className="line-clamp-2 text-12 text-ink-2">
        {t`Nguyên nhân gốc`}: {root_cause}
      </p>
    </li>
  )
}
