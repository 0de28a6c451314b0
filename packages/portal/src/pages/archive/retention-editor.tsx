import type { RetentionPolicy, RetentionRule, RetentionVersion } from '@haidang/contracts/archive'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Check } from '../../components/field.tsx'
import { PublishButton } from '../rules/publish-button.tsx'
import { RetentionDialog } from './retention-dialog.tsx'
import { RetentionPreviewed } from './retention-previewed.tsx'
import { RetentionRules } from './retention-rules.tsx'

/** The policy in force, changed in a draft: rules in order, then all other events. */
export function RetentionEditor({ current }: { current: RetentionVersion }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [policy, setPolicy] = useState<RetentionPolicy>(current.policy)
  const [edited, setEdited] = useState<number>()
  const isChanged = policy !== current.policy
  const { rules, otherwise } = policy
  const anyEvent = { tlp: [], classes: [], sources: [] }
  const rest: RetentionRule = { name: t`Mọi sự kiện khác`, ...anyEvent, ...otherwise }
  // A new rule begins with the days it is to differ from; their clause is not its own.
  const fresh: RetentionRule = { name: '', ...anyEvent, ...otherwise, clause: '' }
  const give = (rule: RetentionRule) => {
    const { hot_days, archive_days, clause } = rule
    if (edited === rules.length) {
      setPolicy({ ...policy, otherwise: { hot_days, archive_days, clause } })
    } else if (edited === -1) {
      setPolicy({ ...policy, rules: [...rules, rule] })
    } else {
      setPolicy({ ...policy, rules: rules.map((old, at) => (at === edited ? rule : old)) })
    }
    setEdited(undefined)
  }
  return (
    <div className="flex flex-col gap-3 py-2">
      <p className="text-13 text-ink-2">
        {isChanged
          ? t`Bản nháp từ bản ${current.version}: chưa có hiệu lực cho tới khi ban hành.`
          : t`Bản ${current.version} đang có hiệu lực. Sửa bên dưới tạo bản nháp.`}
      </p>
      <RetentionRules
        rules={[...rules, rest]}
        onEdit={setEdited}
        onRemove={(at) => setPolicy({ ...policy, rules: rules.filter((_, each) => each !== at) })}
      />
      <Check
        checked={policy.archive}
        onChange={(event) => setPolicy({ ...policy, archive: event.currentTarget.checked })}
      >
        {t`Lưu trữ trước khi xóa: sự kiện chưa lưu trữ không bao giờ bị xóa`}
      </Check>
      <div className="flex flex-wrap gap-2">
        <Button refusal={refusal('station.manage')} onClick={() => setEdited(-1)}>
          {t`Thêm luật…`}
        </Button>
        <Button
          refusal={isChanged ? undefined : t`Chưa có thay đổi nào`}
          onClick={() => setPolicy(current.policy)}
        >{t`Bỏ bản nháp`}</Button>
        <PublishButton
          title={t`Ban hành thời hạn lưu giữ`}
          about={t`Lượt kế tiếp xóa những gì đã quá hạn. Xem trước để biết bao nhiêu.`}
          refusal={isChanged ? undefined : t`Chưa có thay đổi nào`}
          publish={(reason) =>
            api.archive.publishRetention({ body: { policy, reason, based_on: current.version } })
          }
          changes={['archive']}
        />
      </div>
      <RetentionPreviewed policy={policy} />
      {edited === undefined ? null : (
        <RetentionDialog
          rule={edited === rules.length ? rest : (rules[edited] ?? fresh)}
          isRest={edited === rules.length}
          onGive={give}
          onClose={() => setEdited(undefined)}
        />
      )}
    </div>
  )
}
