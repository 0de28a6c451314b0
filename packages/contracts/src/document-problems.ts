/** Refusals about documents, their templates and the certificate that signs them. */
export const documentProblems = {
  'document.too-large': {
    status: 422,
    vi: 'Văn bản quá dài để dàn trang, hãy rút gọn hoặc chuyển phần dài sang tệp kèm theo',
    en: 'The document is too long to lay out; shorten it or move what is long into attached files',
  },
  'document.not-found': {
    status: 404,
    vi: 'Không có văn bản này',
    en: 'No such document',
  },
  'document.not-yours': {
    status: 403,
    vi: 'Chỉ cơ quan ban hành mới thu hồi được văn bản',
    en: 'Only who issued a document withdraws it',
  },
  'document.withdrawn': {
    status: 409,
    vi: 'Văn bản đã được thu hồi',
    en: 'The document was withdrawn already',
  },
  'document.issued-already': {
    status: 409,
    vi: 'Đã ban hành văn bản cho nội dung này; hãy thu hồi văn bản đó trước',
    en: 'A document was issued for this already; withdraw it first',
  },
  'template.invalid': {
    status: 422,
    vi: 'Mẫu văn bản có chỗ sai',
    en: 'The template is wrong in places',
  },
  'template.not-found': {
    status: 404,
    vi: 'Không có phiên bản mẫu này',
    en: 'No such version of the template',
  },
  'template.changed': {
    status: 409,
    vi: 'Người khác vừa lưu phiên bản mới của mẫu, hãy tải lại và sửa trên phiên bản đó',
    en: 'Somebody saved a newer version; load it and change that one',
  },
  'document-certificate.unreadable': {
    status: 422,
    vi: 'Không dùng được tệp chứng thư: sai mật khẩu, không phải PKCS#12, hoặc thiếu khóa riêng',
    en: 'The certificate file cannot be used: wrong password, no PKCS#12, or no private key in it',
  },
  'document-certificate.not-valid': {
    status: 422,
    vi: 'Chứng thư chưa có hiệu lực, đã hết hạn hoặc không dùng để ký văn bản',
    en: 'The certificate is not valid yet, has expired, or is not for signing documents',
  },
  'document-certificate.not-found': {
    status: 404,
    vi: 'Tổ chức chưa nhập chứng thư riêng',
    en: 'The organisation has imported no certificate of its own',
  },
} as const
