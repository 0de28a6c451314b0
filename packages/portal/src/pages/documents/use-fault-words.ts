import type { TemplateFault } from '@haidang/contracts/document-template'
import { useLingui } from '@lingui/react/macro'

/** What is wrong in a template, in words. */
export function useFaultWords() {
  const { t } = useLingui()
  return ({ fault, name }: TemplateFault): string => {
    const written = `{{${name}}}`
    if (fault === 'unknown') return t`${written} không có trong loại văn bản này`
    if (fault === 'open') return t`Thiếu cặp ngoặc nhọn ở: ${name}`
    return t`${written} là một bảng, phải đứng riêng một dòng của nội dung`
  }
}
