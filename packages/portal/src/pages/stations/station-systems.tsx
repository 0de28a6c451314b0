import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'

/** The information systems that name a station as theirs. */
export function StationSystems({ station }: { station: Station }) {
  const { t } = useLingui()
  const may = useMay()
  const query = useQuery({
    queryKey: ['systems', 'watched-by', station.id],
    queryFn: ({ signal }) =>
      api.systems.list({ query: { limit: 100, filter: `station:${station.id}` } }, signal),
    enabled: may('system.read'),
  })
  if (!may('system.read')) return null
  return (
    <Section title={t`Hệ thống được giám sát`}>
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-13 text-ink-3">
              {t`Chưa hệ thống thông tin nào ghi trạm này.`}
            </p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map(({ id, name, level, organisation_name }) => (
                <li key={id} className="flex flex-wrap items-baseline gap-x-3 py-1.5 text-13">
                  <Link to="/systems/$id" params={{ id }} className="text-accent hover:underline">
                    {name}
                  </Link>
                  {level === null ? null : <span>{t`cấp độ ${level}`}</span>}
                  <span className="text-ink-3">{organisation_name}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Section>
  )
}
