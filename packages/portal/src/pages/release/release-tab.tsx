import type { ReleasePolicy, ReleaseVersion } from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { gutter, Section } from '../../components/page.tsx'
import { cn } from '../../theme/cn.ts'
import { PublishButton } from '../rules/publish-button.tsx'
import { DecisionCounts } from './decision-counts.tsx'
import { Exceptions } from './exceptions.tsx'
import { OwnMonitoring } from './own-monitoring.tsx'
import { draftOf, moved, type PolicyDraft, placed, stepped, undone } from './policy-draft.ts'
import { PolicyFile } from './policy-file.tsx'
import { PolicySettings } from './policy-settings.tsx'
import { Preview } from './preview.tsx'
import { ReleaseHistory } from './release-history.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { RuleList } from './rule-list.tsx'

/** What leaves this node for the one above: the owner's policy, what it does, and what it would do. */
export function ReleaseTab() {
  const query = useQuery({
    queryKey: ['release', 'in-force'],
    queryFn: ({ signal }) => api.release.inForce({}, signal),
  })
  return (
    <div className={cn('py-5', gutter)}>
      <Asked query={query}>
        {({ current, counts }) => (
          <div className="grid max-w-6xl gap-8 xl:grid-cols-[minmax(0,1fr)_340px]">
            <Editor key={current.version} current={current} />
            <div className="flex flex-col gap-8">
              <DecisionCounts counts={counts} />
              <OwnMonitoring />
              <Versions />
            </div>
          </div>
        )}
      </Asked>
    </div>
  )
}

function Editor({ current }: { current: ReleaseVersion }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [draft, setDraft] = useState<PolicyDraft>(() => draftOf(current.version, current.policy))
  const [edited, setEdited] = useState<number>()
  const { policy } = draft
  const change = (next: ReleasePolicy) => setDraft(stepped(draft, next))
  const rules = (next: ReleasePolicy['rules']) => change({ ...policy, rules: next })
  const isChanged = draft.undone.length > 0
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 basis-full text-13 text-ink-2">
          {isChanged
            ? t`Bản nháp từ bản ${current.version}: chưa có hiệu lực cho tới khi ban hành.`
            : t`Bản ${current.version} đang có hiệu lực. Sửa bên dưới tạo bản nháp.`}
        </p>
        <PolicyFile policy={policy} version={current.version} onRead={change} />
        <Button
          refusal={isChanged ? undefined : t`Chưa có thay đổi nào`}
          onClick={() => setDraft(undone(draft))}
        >{t`Hoàn tác`}</Button>
        <PublishButton
          title={t`Ban hành chính sách`}
          about={t`Có hiệu lực ngay cho mọi bản ghi chưa rời nút. Cấp trên thấy chính sách này và lý do.`}
          refusal={isChanged ? undefined : t`Chưa có thay đổi nào`}
          publish={(reason) =>
            api.release.publish({ body: { policy: draft.policy, reason, based_on: draft.base } })
          }
          changes={['release']}
        />
      </div>
      <Section
        title={t`Các luật theo thứ tự`}
        count={policy.rules.length}
        acts={
          <Button
            size="small"
            refusal={refusal('station.manage')}
            onClick={() => setEdited(policy.rules.length)}
          >{t`Thêm luật…`}</Button>
        }
      >
        <RuleList
          rules={policy.rules}
          acts={{
            onEdit: setEdited,
            onMove: (at, by) => rules(moved(policy.rules, at, by)),
            onRemove: (at) => rules(placed(policy.rules, at, undefined)),
          }}
        />
      </Section>
      <Exceptions
        exceptions={policy.exceptions}
        onChange={(exceptions) => change({ ...policy, exceptions })}
      />
      <PolicySettings policy={policy} onChange={change} />
      <Preview policy={policy} />
      {edited === undefined ? null : (
        <RuleDialog
          rule={policy.rules[edited]}
          onClose={() => setEdited(undefined)}
          onGive={(rule) => {
            rules(placed(policy.rules, edited, rule))
            setEdited(undefined)
          }}
        />
      )}
    </div>
  )
}

function Versions() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['release', 'versions'],
    queryFn: ({ signal }) => api.release.versions({ query: { limit: 100 } }, signal),
  })
  return (
    <Section title={t`Lịch sử`}>
      <Asked query={query}>{({ items }) => <ReleaseHistory versions={items} />}</Asked>
    </Section>
  )
}
