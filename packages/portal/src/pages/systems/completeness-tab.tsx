import type { CompletenessItem, OwnerCompleteness } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { gutter } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { CompletenessBar } from './system-words.tsx'

/** What owners have told, least complete first, and what is missing where. */
export function CompletenessTab() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['systems', 'completeness'],
    queryFn: ({ signal }) => api.systems.completeness({}, signal),
  })
  return (
    <div className={`py-4 ${gutter}`}>
      <Asked query={query}>
        {({ owners, items, profile }) =>
          owners.length === 0 ? (
            <Empty title={t`Chưa có hệ thống thông tin nào`} />
          ) : (
            <>
              <p className="max-w-[70ch] pb-3 text-13 text-ink-2">
                {t`Chấm theo bộ tiêu chí ${profile}; mỗi tiêu chí có điều khoản và trọng số.`}
              </p>
              <ul className="divide-y divide-line border-line border-y">
                {owners.map((owner) => (
                  <Owner key={owner.organisation_id} owner={owner} items={items} />
                ))}
              </ul>
            </>
          )
        }
      </Asked>
    </div>
  )
}

function Owner({ owner, items }: { owner: OwnerCompleteness; items: readonly CompletenessItem[] }) {
  const { t } = useLingui()
  const { language, number } = useWords()
  return (
    <li className="grid gap-x-6 gap-y-1 py-3 md:grid-cols-[minmax(0,1fr)_140px_minmax(0,2fr)]">
      <div className="min-w-0">
        <Link
          to="/systems"
          search={{ q: `organisation_id:${owner.organisation_id}` }}
          className="font-medium hover:underline"
        >
          {owner.organisation_name || t`Tổ chức khác`}
        </Link>
        <p className="text-12 text-ink-2">{t`${number(owner.systems)} hệ thống`}</p>
      </div>
      <CompletenessBar value={owner.completeness} />
      <p className="min-w-0 text-12 text-ink-2">
        {owner.missing.map(({ id, systems }, place) => {
          const item = items.find((each) => each.id === id)
          return (
            <span key={id} title={item?.clause}>
              {place > 0 ? ' · ' : null}
              <Link
                to="/systems"
                search={{ q: `organisation_id:${owner.organisation_id} and missing:${id}` }}
                className="hover:underline"
              >
                {item?.name[language] ?? id} ({number(systems)})
              </Link>
            </span>
          )
        })}
      </p>
    </li>
  )
}
