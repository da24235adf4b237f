// The styles of the editor without a <style> element, which the site's Content-Security-Policy does not take: in a
// sheet that the document adopts. Stands in for the module "style-mod" when the editor is bundled.
import { StyleModule as Plain } from "../node_modules/style-mod/src/style-mod.js";

let sheet = null;

export class StyleModule extends Plain {
  static mount(root, modules) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }
    sheet.replaceSync([modules].flat().map((each) => each.getRules()).join("\n"));
  }
}
