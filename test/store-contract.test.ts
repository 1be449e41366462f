import { feishuContractWorkbook } from './feishu/contract-workbook.ts';
import { googleContractWorkbook } from './google/contract-workbook.ts';
import { storeContract } from './store-contract.ts';
import { xlsxContractWorkbook } from './support/xlsx-contract-workbook.ts';

storeContract('an .xlsx file', xlsxContractWorkbook);
storeContract('a Google spreadsheet', googleContractWorkbook);
storeContract('a Feishu base', feishuContractWorkbook, 'column');
