import { CONFIRMATION_TEMPLATE } from '../documents/confirmation-docx.ts';
import { fillTemplate, TemplateError } from '../documents/docx-template.ts';
import { FORM_TEMPLATE } from '../documents/form-docx.ts';
import { LETTER_TEMPLATE } from '../documents/letter-docx.ts';
import { BULLETIN_TEMPLATE } from '../documents/report-docx.ts';
import { bad, ok, type Finding } from './finding.ts';

/** Whether the documents can be written: an office edits the templates in Word or WPS, and a broken tag shows only at the month's end. */
export async function checkTemplates(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const template of [BULLETIN_TEMPLATE, CONFIRMATION_TEMPLATE, FORM_TEMPLATE, LETTER_TEMPLATE]) {
    try {
      await fillTemplate(template, {});
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      findings.push(bad(`文书模板 ${template.file}`, error.message, '请在 Word 或 WPS 里改正 templates/documents 下的这个文件,或用安装包里的原文件替换'));
    }
  }
  return findings.length > 0 ? findings : [ok('文书模板', '通报、考核确认表、各种文书和信函的模板可以使用')];
}
