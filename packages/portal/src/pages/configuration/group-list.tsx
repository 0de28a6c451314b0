import type { ConfigurationGroup } from '@haidang/contracts/station-configuration'
import { Plural, useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { useInShort } from './setting-words.ts'

interface GroupListProps {
  readonly groups: ConfigurationGroup[]
  readonly onChange: (groups: ConfigurationGroup[]) => void
  readonly onEdit: (at: number) => void
}

/** The groups of a plan in their order: whom each reaches and what it sets. */
export function GroupList({ groups, onChange, onEdit }: GroupListProps) {
  const { t } = useLingui()
  const refusal = useRefusal()('station.manage')
  const inShort = useInShort()
  if (groups.length === 0) {
    return <p className="py-2 text-13 text-ink-3">{t`Chưa đặt gì cho trạm nào.`}</p>
  }
  return (
    <ol className="divide-y divide-line">
      {groups.map((group, at) => (
        <li key={group.name} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
          <span className="font-medium">{group.name}</span>
          <span className="text-12 text-ink-3">
            <Reach group={group} />
          </span>
          <span className="ml-auto flex flex-wrap gap-1">
            {at > 0 ? (
              <Button
                size="small"
                look="quiet"
                refusal={refusal}
                onClick={() => onChange(movedUp(groups, at))}
              >
                {t`Lên trước`}
              </Button>
            ) : null}
            <Button size="small" refusal={refusal} onClick={() => onEdit(at)}>{t`Sửa…`}</Button>
            <Button
              size="small"
              look="quiet"
              refusal={refusal}
              onClick={() => onChange(groups.toSpliced(at, 1))}
            >
              {t`Bỏ`}
            </Button>
          </span>
          <p className="w-full break-words text-ink-2">{inShort(group.settings)}</p>
        </li>
      ))}
    </ol>
  )
}

function Reach({ group: { organisations, stations } }: { group: ConfigurationGroup }) {
  const { t } = useLingui()
  if (organisations.length === 0 && stations.length === 0) return t`mọi trạm`
  return (
    <>
      {organisations.length > 0 ? (
        <Plural value={organisations.length} one="# tổ chức" other="# tổ chức" />
      ) : null}
      {organisations.length > 0 && stations.length > 0 ? ', ' : null}
      {stations.length > 0 ? <Plural value={stations.length} one="# trạm" other="# trạm" /> : null}
    </>
  )
}

function movedUp(groups: ConfigurationGroup[], at: number): ConfigurationGroup[] {
  const moved = groups.slice(at, at + 1)
  return groups.toSpliced(at, 1).toSpliced(at - 1, 0, ...moved)
}
