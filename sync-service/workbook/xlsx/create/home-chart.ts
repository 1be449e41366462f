import { HOME_CHART, HOME_SHEET_NAME, LIGHT_COLOURS, LIGHT_TONES } from '#core';
import { absolute, CHART_ANCHOR } from './home-sheet.ts';
import { FONT_NAME } from './styles.ts';

const DRAWING_NS = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const CHART_NS = 'http://schemas.openxmlformats.org/drawingml/2006/chart';
const RELATION_NS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TITLE = HOME_CHART.title;

/** A bar for each light, drawn from the counts on 首页; strong tones of the sheet's own colours. */
export function chartXml(): string {
  const text = (size: number, bold: 0 | 1): string =>
    `<a:defRPr sz="${size}" b="${bold}"><a:solidFill><a:srgbClr val="1F2937"/></a:solidFill><a:latin typeface="${FONT_NAME}"/><a:ea typeface="${FONT_NAME}"/></a:defRPr>`;
  const properties = (size: number): string =>
    `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>${text(size, 0)}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`;
  const points = LIGHT_TONES.map((tone, index) =>
    `<c:dPt><c:idx val="${index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr><a:solidFill><a:srgbClr val="${tone}"/></a:solidFill></c:spPr></c:dPt>`).join('');
  const names = LIGHT_COLOURS.map(([light], index) => `<c:pt idx="${index}"><c:v>${light}</c:v></c:pt>`).join('');
  return `${XML_HEAD}<c:chartSpace xmlns:c="${CHART_NS}" xmlns:a="${DRAWING_NS}" xmlns:r="${RELATION_NS}">`
    + '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>'
    + `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>${text(1200, 1)}</a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="1"/><a:t>${TITLE}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`
    + '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
    + '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
    + `<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>件数</c:v></c:tx><c:invertIfNegative val="0"/>${points}`
    + `<c:dLbls>${properties(900)}<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`
    + `<c:cat><c:strRef><c:f>'${HOME_SHEET_NAME}'!${absolute(HOME_CHART.categories)}</c:f><c:strCache><c:ptCount val="${LIGHT_COLOURS.length}"/>${names}</c:strCache></c:strRef></c:cat>`
    + `<c:val><c:numRef><c:f>'${HOME_SHEET_NAME}'!${absolute(HOME_CHART.values)}</c:f></c:numRef></c:val></c:ser>`
    + '<c:gapWidth val="60"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>'
    + `<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${properties(900)}<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>`
    + `<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="E3E7EC"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${properties(900)}<c:crossAx val="111111111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>`
    + '<c:spPr><a:noFill/></c:spPr></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
    + '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="D0D5DD"/></a:solidFill></a:ln></c:spPr>'
    + '</c:chartSpace>';
}

/** The drawing that holds the chart on 首页; `relation` is the chart's relationship id. */
export function drawingXml(relation: string): string {
  const corner = (name: 'from' | 'to', column: number, row: number): string =>
    `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
  const { fromColumn, fromRow, toColumn, toRow } = CHART_ANCHOR;
  return `${XML_HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="${DRAWING_NS}">`
    + `<xdr:twoCellAnchor editAs="oneCell">${corner('from', fromColumn, fromRow)}${corner('to', toColumn, toRow)}`
    + `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="灯号分布" descr="${TITLE}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>`
    + '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
    + `<a:graphic><a:graphicData uri="${CHART_NS}"><c:chart xmlns:c="${CHART_NS}" xmlns:r="${RELATION_NS}" r:id="${relation}"/></a:graphicData></a:graphic>`
    + '</xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>';
}
