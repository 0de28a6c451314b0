import type { TemplateField } from '@haidang/contracts/document-template'
import { useLingui } from '@lingui/react/macro'

type Written = Exclude<TemplateField, 'language'>

/** The parts of a template in the order they stand on paper, and how many lines the long ones have. */
export function useTemplateFields() {
  const { t } = useLingui()
  const names: Record<Written, string> = {
    nation: t`Quốc hiệu`,
    motto: t`Tiêu ngữ`,
    superior: t`Cơ quan chủ quản`,
    issuer: t`Cơ quan ban hành`,
    symbol: t`Số, ký hiệu`,
    place: t`Địa danh, ngày tháng`,
    name: t`Tên loại văn bản`,
    subject: t`Trích yếu`,
    body: t`Nội dung`,
    recipients: t`Nơi nhận`,
    signature: t`Quyền hạn, chức vụ người ký`,
    signer: t`Họ tên người ký`,
  }
  const long: Partial<Record<Written, number>> = { body: 16, recipients: 3, signature: 2 }
  return { names, long }
}
