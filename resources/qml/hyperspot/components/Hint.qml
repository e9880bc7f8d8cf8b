import QtQuick
import QtQuick.Controls.Basic

// A tool tip for what is no control.
Item {
    id: root

    required property bool shown
    required property string text

    ToolTip.visible: shown && text !== ""
    ToolTip.delay: 500
    ToolTip.text: text
}
