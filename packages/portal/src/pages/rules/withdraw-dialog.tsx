import type { FullLibraryRule } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { api } from '../../api/api.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { useRuleAct } from './use-rule-act.ts'

interface WithdrawDialogProps {
  readonly rule: FullLibraryRule
  readonly onClose: () => void
}

/** Takes a rule out of the sets to come; stations keep it until the next set is rolled out. */
export function WithdrawDialog({ rule, onClose }: WithdrawDialogProps) {
  const { t } = useLingui()
  const withdraw = useRuleAct(
    (reason: string) => api.ruleLibrary.withdraw({ params: { id: rule.id }, body: { reason } }),
    ({ title }) => t`Đã rút luật ${title}`,
    onClose,
  )
  return (
    <ReasonDialog
      title={t`Rút luật ${rule.title}`}
      about={t`Luật không vào các bộ luật sau này. Trạm còn giữ luật tới khi bộ luật kế tiếp được phát.`}
      label={t`Lý do rút`}
      act={t`Rút luật`}
      danger
      error={withdraw.error}
      busy={withdraw.isPending}
      onGive={(reason) => withdraw.mutate(reason)}
      onClose={onClose}
    />
  )
}
