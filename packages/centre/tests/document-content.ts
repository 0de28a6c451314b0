import type { TemplateContent } from '@haidang/contracts/document-template'

/** A small template that is sound for every kind. */
export const documentContent: TemplateContent = {
  language: 'vi',
  nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  motto: 'Độc lập - Tự do - Hạnh phúc',
  superior: '',
  issuer: '{{issuer}}',
  symbol: 'Số: {{number}}',
  place: 'Hà Nội, {{date}}',
  name: 'VĂN BẢN',
  subject: '{{title}}',
  body: 'Nội dung.',
  recipients: '- Lưu: VT.',
  signature: 'THỦ TRƯỞNG',
  signer: '{{signer}}',
}
