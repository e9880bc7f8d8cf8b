import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// A passage in its surroundings, in markup of ours; it begins where the quote can be seen.
Flickable {
    id: root

    required property string html
    required property string plain
    property int quoteAt: 0
    property int padding: Theme.gap3 + 1

    readonly property real textHeight: text.implicitHeight + padding * 2

    function showQuote(): void {
        const place = text.positionToRectangle(Math.min(quoteAt, text.length));
        const far = text.y + place.y > height * 0.55;
        contentY = far ? Math.max(0, Math.min(text.y + place.y - height * 0.3, contentHeight - height)) : 0;
    }

    contentHeight: textHeight
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    activeFocusOnTab: contentHeight > height
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Passage")
    Keys.onUpPressed: flick(0, 500)
    Keys.onDownPressed: flick(0, -500)
    onHeightChanged: Qt.callLater(showQuote)
    onHtmlChanged: Qt.callLater(showQuote)

    ScrollBar.vertical: ScrollLine {}

    FocusRing {
        parent: root
        anchors.margins: 0
        radius: Theme.radiusButton
        shown: root.activeFocus
        z: 2
    }
    TextEdit {
        id: text

        x: root.padding
        y: root.padding - 2
        width: root.width - root.padding * 2
        color: Theme.text
        font.family: Theme.family
        font.pixelSize: Theme.sizeCaption
        textFormat: TextEdit.RichText
        text: Theme.styleSheet + "<p style=\"white-space:pre-wrap;line-height:152%\">" + root.html + "</p>"
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        activeFocusOnTab: false
        Accessible.role: Accessible.StaticText
        Accessible.name: root.plain
    }
}
